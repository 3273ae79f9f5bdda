package com.example.held;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class HeldConsumers {
    private final Supplier<KafkaConsumer<String, String>> make;
    private final AtomicReference<Consumer<String, String>> current = new AtomicReference<>();
    private final ThreadLocal<KafkaConsumer<String, String>> mine = new ThreadLocal<>();
    private final Map<String, Consumer<String, String>> byTopic = new ConcurrentHashMap<>();
    private final Deque<KafkaConsumer<String, String>> free = new ArrayDeque<>();

    HeldConsumers(Supplier<KafkaConsumer<String, String>> make) {
        this.make = make;
    }

    void each() {
        make.get().poll(100);
        current.get().poll(100);
        mine.get().poll(100);
        byTopic.get("orders").poll(100);
        byTopic.getOrDefault("orders", current.get()).poll(100);
        free.peek().poll(100);
        free.pollFirst().poll(100);
        byTopic.values().forEach(one -> one.poll(100));
        byTopic.values().iterator().next().poll(100);
    }

    void maybe(Optional<KafkaConsumer<String, String>> consumer) {
        consumer.ifPresent(one -> one.poll(100));
        consumer.map(one -> one.poll(100));
        consumer.orElseThrow().poll(100);
        consumer.orElse(null).poll(100);
    }

    CompletableFuture<ConsumerRecords<String, String>> later(KafkaConsumer<String, String> consumer) {
        return CompletableFuture.supplyAsync(() -> consumer.poll(100));
    }

    int counted(List<KafkaConsumer<String, String>> all) {
        int count = all.stream().mapToInt(one -> one.poll(100).count()).sum();
        for (int at = 0; at < all.size(); at++) {
            count += all.get(at).poll(100).count();
        }
        return count;
    }

    ConsumerRecords<String, String> array(KafkaConsumer<String, String>[] all, KafkaConsumer<String, String>... more) {
        all[1].poll(100);
        return more[0].poll(100);
    }

    ConsumerRecords<String, String> kept(String topic) {
        Map<String, KafkaConsumer<String, String>> all = new HashMap<>();
        return all.computeIfAbsent(topic, name -> make.get()).poll(100);
    }

    ConsumerRecords<String, String> closed() {
        try (KafkaConsumer<String, String> consumer = make.get(); var second = make.get()) {
            second.poll(100);
            return consumer.poll(100);
        }
    }
}
