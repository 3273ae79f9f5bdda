package com.example.shadowed.inside;

import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class ShadowedInside {
    private final KafkaConsumer<String, String> poller;

    ShadowedInside(KafkaConsumer<String, String> poller) {
        this.poller = poller;
    }

    interface Poller {
        Object poll(long ms);
    }

    void shadowed(Poller poller) {
        poller.poll(1);
        this.poller.poll(1);
    }

    void lambda(java.util.List<Poller> all) {
        all.forEach(poller -> poller.poll(1));
        poller.poll(1);
        Consumer<Poller> each = poller -> poller.poll(1);
        Runnable run = () -> poller.poll(1);
        Runnable block = () -> {
            Poller poller = ms -> ms;
            poller.poll(1);
        };
        poller.poll(1);
    }

    LongFunction<ConsumerRecords<String, String>> reference() {
        Poller other = this.poller::poll;
        Poller third = poller::poll;
        return poller::poll;
    }

    Object anonymous() {
        return new Poller() {
            private final Poller poller = null;

            @Override
            public Object poll(long ms) {
                return poller.poll(ms);
            }
        };
    }
}
