package com.example.boxes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class GenericBoxes {
    static class Box<T> {
        protected T held;

        Box(T held) {
            this.held = held;
        }

        T get() {
            return held;
        }

        Box<T> with(UnaryOperator<T> change) {
            return new Box<>(change.apply(held));
        }

        List<T> all() {
            return List.of(held);
        }
    }

    static class Polled extends Box<KafkaConsumer<String, String>> {
        Polled(KafkaConsumer<String, String> consumer) {
            super(consumer);
        }

        ConsumerRecords<String, String> once() {
            held.poll(9);
            return get().poll(9);
        }
    }

    static class Timed<T> extends Box<T> {
        Timed(T held) {
            super(held);
        }
    }

    private final Box<Consumer<String, String>> box;
    private final Map<String, Box<Consumer<String, String>>> boxes = new HashMap<>();
    private final List<Map<String, KafkaConsumer<String, String>>> nested = new ArrayList<>();

    GenericBoxes(Consumer<String, String> consumer) {
        this.box = new Box<>(consumer);
    }

    void run(Polled polled, Timed<Consumer<String, String>> timed) {
        box.get().poll(9);
        box.held.poll(9);
        box.all().get(0).poll(9);
        boxes.get("a").get().poll(9);
        polled.get().poll(9);
        polled.once();
        timed.get().poll(9);
        timed.with(it -> {
            it.poll(9);
            return it;
        }).get().poll(9);
        for (Map<String, KafkaConsumer<String, String>> one : nested) {
            for (KafkaConsumer<String, String> consumer : one.values()) {
                consumer.poll(9);
            }
            one.forEach((name, consumer) -> consumer.poll(9));
        }
        for (var one : boxes.entrySet()) {
            one.getValue().get().poll(9);
        }
    }
}
