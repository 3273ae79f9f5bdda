package com.example.functional;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class LambdaConsumers {
    LongFunction<ConsumerRecords<String, String>> byNumber(KafkaConsumer<String, String> consumer) {
        return consumer::poll;
    }

    Function<Duration, ConsumerRecords<String, String>> byDuration(KafkaConsumer<String, String> consumer) {
        return consumer::poll;
    }

    BiFunction<Consumer<String, String>, Long, ConsumerRecords<String, String>> unbound() {
        return (consumer, ms) -> consumer.poll(ms);
    }

    ConsumerRecords<String, String> either(boolean first, KafkaConsumer<String, String> a, KafkaConsumer<String, String> b) {
        return (first ? a : b).poll(10L);
    }
}
