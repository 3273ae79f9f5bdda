package com.example.old;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

class Checksums {
    long sum(List<ConsumerRecord<String, String>> records) {
        long sum = 0;
        for (ConsumerRecord<String, String> record : records) {
            sum += record.checksum();
        }
        return records.stream().mapToLong(ConsumerRecord::checksum).sum() + sum;
    }

    RecordMetadata metadata() {
        return new RecordMetadata(new TopicPartition("orders", 0), 0L, 0L, 0L, Long.valueOf(0), 1, 1);
    }

    ConsumerRecord<String, String> record() {
        return new ConsumerRecord<>("orders", 0, 0L, 0L, TimestampType.CREATE_TIME, 0L, 1, 1, "k", "v");
    }
}
