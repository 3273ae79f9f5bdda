package com.example.sc.dsl

import org.apache.kafka.streams.scala.ImplicitConversions._
import org.apache.kafka.streams.scala.StreamsBuilder
import org.apache.kafka.streams.scala.kstream.KStream
import org.apache.kafka.streams.scala.serialization.Serdes._

object DslOfScala {
  def wire(builder: StreamsBuilder): Unit = {
    val lines: KStream[String, String] = builder.stream[String, String]("lines")
    lines
      .flatMapValues(_.toLowerCase.split("\\W+"))
      .groupBy((_, word) => word)
      .count()
      .toStream
      .to("counts")
  }
}
