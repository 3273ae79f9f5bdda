package com.example.caught;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.NotLeaderForPartitionException;
import org.apache.kafka.common.errors.RetriableException;

class CaughtExceptions {
    private static final Set<Class<? extends RetriableException>> AGAIN =
        Set.of(NotLeaderForPartitionException.class, LeaderNotAvailableException.class);

    void send(Producer<String, String> producer, ProducerRecord<String, String> record) throws InterruptedException {
        try {
            producer.send(record).get();
        } catch (ExecutionException wrapped) {
            if (wrapped.getCause() instanceof NotLeaderForPartitionException) {
                return;
            }
            throw new IllegalStateException(wrapped);
        } catch (LeaderNotAvailableException | NotLeaderForPartitionException again) {
            producer.flush();
        }
    }

    /**
     * Never {@link NotLeaderForPartitionException}, nor {@code consumer.poll(100)}.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException after a while
     */
    void nothing() throws RetriableException {
        // throw new NotLeaderForPartitionException();
        String text = "new NotLeaderForPartitionException()";
    }
}
