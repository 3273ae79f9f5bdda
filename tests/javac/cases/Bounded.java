package com.example.bounded;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Partitioner;

class Bounded<P extends Partitioner & java.io.Closeable> {
    private P partitioner;

    void batch(String topic) {
        partitioner.onNewBatch(topic, null, 1);
    }

    <K, V, C extends Consumer<K, V>> ConsumerRecords<K, V> first(List<? extends C> all) {
        return all.get(0).poll(3);
    }

    <C extends MockConsumer<String, String>> C polled(C consumer) {
        consumer.poll(3);
        return consumer;
    }

    void use(MockConsumer<String, String> consumer, List<? extends Consumer<String, String>> all) {
        polled(consumer).poll(3);
        for (Consumer<String, String> one : all) {
            one.poll(3);
        }
        all.get(0).poll(3);
    }

    static class Free<C> {
        interface Something {
            void poll(long ms);
        }

        C something;

        void run(Something other) {
            other.poll(3);
        }
    }
}
