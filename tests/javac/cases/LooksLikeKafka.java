package com.example.looks;

import java.time.Duration;
import java.util.LinkedList;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class LooksLikeKafka {
    interface Consumer<K, V> {
        void poll(long ms);

        default void committed(Object partition) {
        }
    }

    static class ProcessorContext {
        void schedule(long ms) {
        }

        ProcessorContext forward(Object key, Object value) {
            return this;
        }
    }

    static class AbstractProcessor {
        protected ProcessorContext context;

        ProcessorContext context() {
            return context;
        }
    }

    static class Mine extends AbstractProcessor {
        void process(String key) {
            context().forward(key, key);
            context().schedule(10);
            this.context.forward(key, null);
        }
    }

    private Consumer<String, String> consumer;
    private Queue<String> queue = new LinkedList<>();

    void run(BlockingQueue<String> blocking, KafkaConsumer<String, String> kafka) throws InterruptedException {
        consumer.poll(100);
        consumer.committed("x");
        queue.poll();
        blocking.poll(100, TimeUnit.MILLISECONDS);
        kafka.poll(Duration.ofMillis(100));
        poll(100);
        Consumer<String, String> local = ms -> System.out.println(ms);
        local.poll(100);
        {
            KafkaConsumer<String, String> inner = kafka;
            inner.poll(Duration.ZERO);
        }
        {
            Queue<Long> inner = new LinkedList<>();
            Long first = inner.poll();
        }
    }

    private void poll(long ms) {
    }
}
