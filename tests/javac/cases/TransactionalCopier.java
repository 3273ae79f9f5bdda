package com.example.copy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

class TransactionalCopier {
    private static final String GROUP = "copier";

    void copy(KafkaConsumer<String, String> consumer, KafkaProducer<String, String> producer) {
        producer.initTransactions();
        consumer.subscribe(List.of("in"));
        while (true) {
            var records = consumer.poll(Duration.ofMillis(200));
            producer.beginTransaction();
            try {
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                for (ConsumerRecord<String, String> record : records) {
                    producer.send(new ProducerRecord<>("out", record.key(), record.value()));
                    offsets.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
                }
                producer.sendOffsetsToTransaction(offsets, GROUP);
                producer.commitTransaction();
            } catch (ProducerFencedException fenced) {
                producer.close();
                throw fenced;
            } catch (KafkaException failed) {
                producer.abortTransaction();
            }
        }
    }
}
