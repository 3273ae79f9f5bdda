package com.example.generics;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class TracedConsumer<K, V> extends KafkaConsumer<K, V> {
    private long polled;

    TracedConsumer(Map<String, Object> settings) {
        super(settings);
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        ConsumerRecords<K, V> records = super.poll(timeout);
        polled += records.count();
        return records;
    }

    public ConsumerRecords<K, V> poll(int seconds) {
        return poll(Duration.ofSeconds(seconds));
    }

    long polled() {
        return polled;
    }
}
