package com.example.generics;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class OldTracedConsumer<K, V> extends KafkaConsumer<K, V> {
    OldTracedConsumer(Map<String, Object> settings) {
        super(settings);
    }

    @Override
    public ConsumerRecords<K, V> poll(long ms) {
        return super.poll(ms);
    }
}
