package com.example.closing;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

class ClosingProducerOfToday {
    void resources(Properties properties) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties);
                var consumer = new KafkaConsumer<String, String>(properties)) {
            producer.send(new ProducerRecord<>("a", "b"));
            consumer.poll(Duration.ofSeconds(1));
            producer.close(Duration.ofSeconds(5));
        }
    }
}
