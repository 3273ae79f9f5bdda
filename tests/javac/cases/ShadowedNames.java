package com.example.own;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;

class ShadowedNames {
    interface Source {
        String poll(long ms);
    }

    private Source consumer;

    String ours() {
        return consumer.poll(100);
    }

    int kafkas(Consumer<String, String> consumer) {
        return consumer.poll(Duration.ofMillis(100)).count();
    }

    String oursAgain(java.util.function.Supplier<Source> consumer) {
        return consumer.get().poll(5);
    }

    /* consumer.poll(100); new org.apache.kafka.clients.producer.internals.DefaultPartitioner() */
    static final String TEXT = "org.apache.kafka.clients.producer.internals.DefaultPartitioner";
}
