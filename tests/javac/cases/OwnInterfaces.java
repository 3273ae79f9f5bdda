package com.example.own;

import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class OwnInterfaces {
    interface Use<C, R> {
        R of(C one);
    }

    interface Twice extends Use<Consumer<String, String>, Object> {
    }

    interface Polling {
        Consumer<String, String> consumer();

        default ConsumerRecords<String, String> once() {
            return consumer().poll(7);
        }
    }

    private final KafkaConsumer<String, String> consumer;
    private Use<Consumer<String, String>, Object> use = one -> one.poll(7);
    private Twice twice = one -> one.poll(7);

    OwnInterfaces(KafkaConsumer<String, String> consumer) {
        this.consumer = consumer;
        this.use = one -> one.poll(7);
    }

    <R> R with(Function<KafkaConsumer<String, String>, R> work) {
        return work.apply(consumer);
    }

    <R> R timed(Duration most, Use<KafkaConsumer<String, String>, R> work) {
        return work.of(consumer);
    }

    void run() {
        with(one -> one.poll(7));
        timed(Duration.ZERO, one -> one.poll(7));
        with(one -> {
            one.subscribe(java.util.List.of("orders"));
            return one.poll(7);
        });
        Polling polling = () -> consumer;
        polling.consumer().poll(7);
        new Inner().drain();
    }

    class Inner {
        void drain() {
            consumer.poll(7);
            OwnInterfaces.this.consumer.poll(7);
        }
    }
}
