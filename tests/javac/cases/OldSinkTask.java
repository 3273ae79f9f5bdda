package com.example.connect;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

public class OldSinkTask extends SinkTask {
    private int partitions;

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> settings) {
    }

    @Override
    public void put(Collection<SinkRecord> records) {
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        partitions = assigned.size();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        partitions = 0;
    }

    @Override
    public void stop() {
    }
}
