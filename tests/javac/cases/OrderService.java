package com.example.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;

public class OrderService {
    @interface Service {
        String value() default "";
    }

    interface ConsumerFactory<K, V> {
        Consumer<K, V> create(String group);
    }

    @Service("orders")
    static class Polling {
        private final ConsumerFactory<String, String> factory;

        Polling(ConsumerFactory<String, String> factory) {
            this.factory = factory;
        }

        CompletableFuture<List<String>> next(String group) {
            return CompletableFuture.supplyAsync(() -> {
                List<String> values = new ArrayList<>();
                Consumer<String, String> consumer = factory.create(group);
                consumer.poll(500).forEach(record -> values.add(record.value()));
                return values;
            });
        }

        List<String> direct(String group) {
            List<String> values = new ArrayList<>();
            factory.create(group).poll(500).forEach(record -> values.add(record.value()));
            factory.create(group).poll(Duration.ofMillis(500)).forEach(record -> values.add(record.value()));
            return values;
        }
    }

    ConsumerFactory<String, String> factory() {
        return group -> new KafkaConsumer<>(Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, group,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, OffsetResetStrategy.EARLIEST.toString(),
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
            ProducerConfig.CLIENT_ID_CONFIG, "orders"));
    }
}
