package com.example.kt.several

import org.apache.kafka.clients.consumer.Consumer
import org.apache.kafka.clients.consumer.KafkaConsumer

fun all(consumers: List<KafkaConsumer<String, String>>, byName: Map<String, Consumer<String, String>>) {
    consumers.forEach { it.poll(10) }
    for (consumer in consumers) {
        consumer.poll(10)
    }
    for ((_, consumer) in byName) {
        consumer.poll(10)
    }
    byName["orders"]?.poll(10)
    byName.getValue("orders").apply { poll(10) }
    consumers.first().use { consumer ->
        consumer.poll(10)
    }
}
