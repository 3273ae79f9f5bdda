package com.example.held;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class HeldConsumersOfToday {
    interface Use<C, R> {
        R of(C one, Duration most);
    }

    private final Supplier<KafkaConsumer<String, String>> make;
    private final Use<Consumer<String, String>, Object> use = Consumer::poll;
    private final BiFunction<KafkaConsumer<String, String>, Duration, Object> other = KafkaConsumer::poll;

    HeldConsumersOfToday(Supplier<KafkaConsumer<String, String>> make) {
        this.make = make;
    }

    void each(Map<String, Consumer<String, String>> all, Optional<Consumer<String, String>> maybe, List<Long> numbers) {
        make.get().poll(Duration.ofMillis(100));
        all.values().forEach(one -> one.poll(Duration.ZERO));
        maybe.map(one -> one.poll(Duration.ZERO));
        java.util.Queue<Long> queue = new java.util.ArrayDeque<>(numbers);
        Long first = queue.poll();
        use.of(make.get(), Duration.ZERO);
    }

    Function<Duration, ConsumerRecords<String, String>> reference(KafkaConsumer<String, String> consumer) {
        return consumer::poll;
    }

    <C extends Consumer<String, String>> void bounded(C consumer, java.util.concurrent.BlockingQueue<String> queue)
        throws InterruptedException {
        consumer.poll(Duration.ZERO);
        queue.poll(100, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
