package com.example.tests;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

class MockConsumerTest {
    private final TopicPartition partition = new TopicPartition("orders", 0);

    void fails() {
        MockConsumer<String, String> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
        consumer.assign(Collections.singleton(partition));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.addRecord(new ConsumerRecord<>("orders", 0, 0L, "key", "value"));
        consumer.setException(new KafkaException("on purpose"));
        try {
            consumer.poll(Duration.ZERO);
        } catch (KafkaException expected) {
            consumer.schedulePollTask(() -> consumer.wakeup());
        }
    }

    MockConsumer<String, String> afterwards() {
        MockConsumer<String, String> consumer = new MockConsumer<>(OffsetResetStrategy.NONE);
        consumer.setPollException(new KafkaException("on purpose"));
        return consumer;
    }
}
