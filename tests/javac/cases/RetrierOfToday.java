package com.example.retry;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;

class RetrierOfToday {
    void send(Producer<String, String> producer, String value) throws InterruptedException {
        producer.send(new ProducerRecord<>("orders", value), new Callback() {
            @Override
            public void onCompletion(RecordMetadata metadata, Exception failed) {
                if (failed instanceof NotLeaderOrFollowerException) {
                    producer.flush();
                } else if (failed == null) {
                    System.out.println(metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset());
                }
            }
        });
        try {
            producer.send(new ProducerRecord<>("orders", 0, "k", value), (metadata, failed) -> { }).get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
