package com.example.kt.poller

import java.time.Duration
import java.util.Properties
import org.apache.kafka.clients.consumer.KafkaConsumer

class Poller(settings: Properties) {
    private val consumer = KafkaConsumer<String, String>(settings)

    fun run(): Int {
        consumer.subscribe(listOf("orders"))
        var seen = 0
        for (record in consumer.poll(100)) {
            println("${record.key()} ${record.value()}")
            seen++
        }
        return seen + consumer.poll(Duration.ofMillis(100)).count()
    }
}
