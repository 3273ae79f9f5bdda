package com.example.sc.poller

import java.time.Duration
import java.util.{Collections, Properties}
import org.apache.kafka.clients.consumer.KafkaConsumer

class Poller(settings: Properties) {
  private val consumer = new KafkaConsumer[String, String](settings)

  def run(): Int = {
    consumer.subscribe(Collections.singletonList("orders"))
    val records = consumer.poll(100)
    records.count() + consumer.poll(Duration.ofMillis(100)).count()
  }
}
