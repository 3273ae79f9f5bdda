package com.example.patterns;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;

class PatternsOfJava17 {
    enum Mode { REAL, MOCK }

    record Pair(Consumer<String, String> left, Consumer<String, String> right) {
        void poll() {
            left.poll(5);
            right().poll(5);
        }
    }

    void patterns(Object given, Mode mode, KafkaConsumer<String, String> real, MockConsumer<String, String> mock) {
        if (given instanceof KafkaConsumer<?, ?> consumer && consumer.assignment().isEmpty()) {
            consumer.poll(5);
        }
        if (!(given instanceof Consumer<?, ?> other)) {
            return;
        }
        other.poll(5);
        Consumer<String, String> chosen = switch (mode) {
            case REAL -> real;
            case MOCK -> mock;
        };
        chosen.poll(5);
        Object polled = switch (mode) {
            case REAL -> real.poll(5);
            case MOCK -> {
                yield mock.poll(5);
            }
        };
        var pair = new Pair(real, mock);
        pair.left().poll(5);
        (mode == Mode.REAL ? real : mock).poll(5L);
    }
}
