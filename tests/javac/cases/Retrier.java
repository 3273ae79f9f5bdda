package com.example.retry;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotLeaderForPartitionException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

class Retrier {
    boolean send(Producer<String, String> producer, String value) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>("orders", value)).get();
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof NotLeaderForPartitionException) {
                return send(producer, value);
            }
            if (failed.getCause() instanceof TimeoutException || failed.getCause() instanceof RetriableException) {
                return false;
            }
            throw new IllegalStateException(failed);
        }
    }
}
