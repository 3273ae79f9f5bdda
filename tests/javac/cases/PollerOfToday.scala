package com.example.sc.pollertoday

import java.time.Duration
import org.apache.kafka.clients.consumer.{Consumer, KafkaConsumer}
import org.apache.kafka.common.TopicPartition

class PollerOfToday(consumer: KafkaConsumer[String, String]) {
  // consumer.poll(100) was here
  def run(): Int = consumer.poll(Duration.ofMillis(100)).count()

  def committed(topic: String): Option[Long] = {
    val partition = new TopicPartition(topic, 0)
    Option(consumer.committed(java.util.Set.of(partition)).get(partition)).map(_.offset)
  }

  def other(consumer: Consumer[String, String]): Boolean = consumer.assignment().isEmpty
}
