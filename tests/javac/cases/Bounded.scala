package com.example.scala.bounded

import org.apache.kafka.clients.consumer.{Consumer, KafkaConsumer}
import scala.jdk.CollectionConverters._

class Polled[C <: Consumer[String, String]](consumer: C) {
  def once(): Int = consumer.poll(10).count()

  def all(consumers: Seq[KafkaConsumer[String, String]]): Unit = {
    consumers.foreach(one => one.poll(10))
    consumers.map(_.poll(10))
    for (one <- consumers) one.poll(10)
    consumers.headOption.foreach { one => one.poll(10) }
  }
}

class Kept(byName: Map[String, KafkaConsumer[String, String]], all: List[KafkaConsumer[String, String]]) {
  def each(): Unit = {
    byName.get("orders").foreach(one => one.poll(10))
    byName("orders").poll(10)
    byName.values.foreach(_.poll(10))
    all.head.poll(10)
    all.find(_.assignment().isEmpty).map(one => one.poll(10))
    all.zipWithIndex.map { case (one, _) => one.hashCode }
  }
}
