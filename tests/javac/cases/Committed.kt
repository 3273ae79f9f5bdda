package com.example.kt.committed

import org.apache.kafka.clients.consumer.Consumer
import org.apache.kafka.common.TopicPartition

object Committed {
    fun of(consumer: Consumer<ByteArray, ByteArray>, topic: String): List<Long> =
        consumer.partitionsFor(topic)
            .map { TopicPartition(it.topic(), it.partition()) }
            .map { partition -> consumer.committed(partition).offset() }
}
