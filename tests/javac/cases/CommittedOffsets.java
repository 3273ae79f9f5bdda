package com.example.offsets;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

public final class CommittedOffsets {
    private final Consumer<byte[], byte[]> consumer;

    CommittedOffsets(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    Map<TopicPartition, Long> lag(String topic) {
        Map<TopicPartition, Long> lags = new HashMap<>();
        for (PartitionInfo info : consumer.partitionsFor(topic)) {
            TopicPartition partition = new TopicPartition(info.topic(), info.partition());
            OffsetAndMetadata committed = consumer.committed(partition);
            long end = consumer.endOffsets(java.util.List.of(partition)).get(partition);
            lags.put(partition, committed == null ? end : end - committed.offset());
        }
        return lags;
    }

    boolean known(TopicPartition partition) {
        return consumer.committed(partition, Duration.ofSeconds(5)) != null;
    }
}
