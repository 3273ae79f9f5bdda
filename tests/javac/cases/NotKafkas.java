package com.example.own;

import java.util.ArrayDeque;
import java.util.Queue;

/** Classes of ours with names that Kafka has too. */
class NotKafkas {
    static class KafkaConsumer<K, V> {
        private final Queue<V> queue = new ArrayDeque<>();

        V poll(long ms) {
            return queue.poll();
        }

        Object committed(TopicPartition partition) {
            return partition;
        }
    }

    static class TopicPartition {
    }

    static class DefaultPartitioner {
    }

    Object use(KafkaConsumer<String, String> consumer) {
        consumer.poll(100);
        Queue<String> queue = new ArrayDeque<>();
        queue.poll();
        return consumer.committed(new TopicPartition()) + " " + new DefaultPartitioner();
    }
}
