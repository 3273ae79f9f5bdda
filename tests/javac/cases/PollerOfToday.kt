package com.example.kt.pollertoday

import java.time.Duration
import org.apache.kafka.clients.consumer.Consumer
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.TopicPartition

class PollerOfToday(private val consumer: KafkaConsumer<String, String>) {
    // consumer.poll(100) was here
    fun run(): Int = consumer.poll(Duration.ofMillis(100)).count()

    fun committed(topic: String): Long? {
        val partition = TopicPartition(topic, 0)
        return consumer.committed(setOf(partition))[partition]?.offset()
    }

    fun Consumer<String, String>.drain() = poll(Duration.ZERO).map { it.value() }
}
