package com.example.offsets;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

public final class CommittedOffsetsOfToday {
    private final Consumer<byte[], byte[]> consumer;

    CommittedOffsetsOfToday(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    Map<TopicPartition, Long> committed(String topic) {
        Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        return committed.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    // A method of ours with the name of one that went away.
    OffsetAndMetadata committed(TopicPartition partition) {
        return consumer.committed(Set.of(partition)).get(partition);
    }

    long offset(TopicPartition partition) {
        return committed(partition).offset();
    }
}
