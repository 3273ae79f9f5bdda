package com.example.closing;

import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

class ClosingProducer {
    void old(KafkaProducer<String, String> producer, KafkaConsumer<String, String> consumer) {
        producer.close(5, TimeUnit.SECONDS);
        consumer.close(5, TimeUnit.SECONDS);
    }

    void resources(Properties properties) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties);
                var consumer = new KafkaConsumer<String, String>(properties)) {
            producer.send(new ProducerRecord<>("a", "b"));
            consumer.poll(1000);
        }
    }
}
