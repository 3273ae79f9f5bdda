package com.example.queue;

import java.util.ArrayDeque;
import java.util.Deque;

/** Nothing of Kafka's, with names that Kafka has as well. */
class Consumer {
    private final Deque<Long> waiting = new ArrayDeque<>();

    Long poll(long millis) {
        return waiting.poll();
    }

    void committed(String partition) {
    }

    static void use(Consumer consumer, org.apache.kafka.clients.consumer.KafkaConsumer<String, String> real) {
        consumer.poll(100L);
        consumer.committed("a");
        real.poll(java.time.Duration.ofMillis(100));
    }
}
