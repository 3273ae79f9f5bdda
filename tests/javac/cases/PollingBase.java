package com.example.generics;

import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

abstract class PollingBase<K, V, C extends KafkaConsumer<K, V>> {
    protected final C consumer;

    protected PollingBase(C consumer) {
        this.consumer = consumer;
    }

    void each(Consumer<ConsumerRecord<K, V>> handler) {
        for (ConsumerRecord<K, V> record : consumer.poll(100)) {
            handler.accept(record);
        }
    }

    static class Traced extends KafkaConsumer<String, String> {
        Traced(Properties properties) {
            super(properties);
        }

        int drain() {
            return poll(10).count();
        }

        int drainAgain() {
            return super.poll(10).count() + this.poll(20).count();
        }
    }
}
