package com.example.orders;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends orders. It once used poll(long) and DefaultPartitioner, which no longer exist. */
public final class OrdersProducer implements AutoCloseable {
    private final Producer<String, String> producer;

    public OrdersProducer(String servers) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put("acks", "all");
        producer = new KafkaProducer<>(properties);
    }

    public RecordMetadata send(String id, String order) throws InterruptedException, ExecutionException {
        return producer.send(new ProducerRecord<>("orders", id, order)).get();
    }

    public void later(String id, String order) {
        producer.send(new ProducerRecord<>("orders", id, order), (metadata, error) -> {
            if (error instanceof AuthorizationException) {
                System.err.println("not allowed: " + error.getMessage());
            }
        });
    }

    @Override
    public void close() {
        producer.flush();
        producer.close(Duration.ofSeconds(10));
    }
}
