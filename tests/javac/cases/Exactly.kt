package com.example.kt.exactly

import java.util.Properties
import org.apache.kafka.clients.consumer.Consumer
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.streams.StreamsConfig
import org.apache.kafka.streams.processor.AbstractProcessor

class Held<C : Consumer<String, String>>(private val consumer: C, private val make: () -> KafkaConsumer<String, String>) {
    private val lazily by lazy { make() }

    fun each(all: Map<String, Consumer<String, String>>, maybe: KafkaConsumer<String, String>?) {
        consumer.poll(10)
        all.values.forEach { it.poll(10) }
        maybe?.poll(10)
        maybe?.let { it.poll(10) }
        all.getValue("orders").poll(10)
    }

    fun settings() = Properties().apply {
        put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE)
    }
}

class Audit : AbstractProcessor<String, String>() {
    override fun process(key: String, value: String) {
        context().forward(key, value)
    }
}
