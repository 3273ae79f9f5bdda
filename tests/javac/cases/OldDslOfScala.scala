package com.example.sc.olddsl

import org.apache.kafka.streams.scala.ImplicitConversions._
import org.apache.kafka.streams.scala.Serdes._
import org.apache.kafka.streams.scala.StreamsBuilder

object OldDslOfScala {
  def wire(builder: StreamsBuilder): Unit =
    builder.stream[String, String]("lines").filter((_, line) => line.nonEmpty).to("kept")
}
