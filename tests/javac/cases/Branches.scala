package com.example.sc.branches

import org.apache.kafka.streams.StreamsBuilder
import org.apache.kafka.streams.kstream.KStream

object Branches {
  def wire(builder: StreamsBuilder): Unit = {
    val payments: KStream[String, Long] = builder.stream[String, Long]("payments")
    val copied = payments.through("copies")
    copied.to("all")
  }

  def today(builder: StreamsBuilder): Unit = {
    val payments: KStream[String, Long] = builder.stream[String, Long]("payments")
    payments.repartition().to("all")
  }
}
