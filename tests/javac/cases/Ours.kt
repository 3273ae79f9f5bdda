package com.example.kt.ours

class KafkaConsumer<K, V>(private val values: List<V>) {
    fun poll(ms: Long): V? = values.firstOrNull()
}

object DefaultPartitioner

fun run(consumer: KafkaConsumer<String, String>): String? {
    val help = """consumer.poll(100) of org.apache.kafka.clients.producer.internals.DefaultPartitioner"""
    return consumer.poll(100) ?: "$help $DefaultPartitioner"
}
