package com.example.sc.transactions

import org.apache.kafka.clients.consumer.{KafkaConsumer, OffsetAndMetadata}
import org.apache.kafka.clients.producer.{KafkaProducer, ProducerRecord}
import org.apache.kafka.common.TopicPartition

class Transactions(producer: KafkaProducer[String, String], consumer: KafkaConsumer[String, String]) {
  def old(offsets: java.util.Map[TopicPartition, OffsetAndMetadata]): Unit = {
    producer.send(new ProducerRecord("out", "a", "b"))
    producer.sendOffsetsToTransaction(offsets, "group")
  }

  def today(offsets: java.util.Map[TopicPartition, OffsetAndMetadata]): Unit =
    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata())
}
