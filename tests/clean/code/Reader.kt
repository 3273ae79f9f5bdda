package com.example

import java.time.Duration
import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.StringDeserializer

fun read(servers: String) {
    val properties = mapOf<String, Any>(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG to servers,
        ConsumerConfig.GROUP_ID_CONFIG to "reader",
    )
    KafkaConsumer(properties, StringDeserializer(), StringDeserializer()).use { consumer ->
        consumer.subscribe(listOf("orders"))
        while (true) {
            val records = consumer.poll(Duration.ofSeconds(1))
            records.forEach { println(it.value()) }
            consumer.committed(setOf(TopicPartition("orders", 0)))
        }
    }
}
