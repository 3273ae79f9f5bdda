package com.example.text;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class RecordsAndPatterns {
    record Pair(KafkaConsumer<String, String> left, Consumer<String, String> right) {
        int both() {
            return left.poll(1).count() + right().poll(1).count();
        }
    }

    int pattern(Object given) {
        if (given instanceof KafkaConsumer<?, ?> consumer) {
            return consumer.poll(1).count();
        }
        return given instanceof Pair pair ? pair.left().poll(1).count() : 0;
    }

    int switched(int which, Pair pair) {
        return switch (which) {
            case 0 -> pair.left.poll(1).count();
            default -> {
                var other = pair.right();
                yield other.poll(1).count();
            }
        };
    }
}
