package com.example.connect;

import java.util.Collection;
import java.util.Map;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

public class FileSink extends SinkTask {
    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> properties) {
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        records.forEach(record -> System.out.println(record.topic()));
    }

    @Override
    public void flush(Map<TopicPartition, OffsetAndMetadata> offsets) {
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
    }

    @Override
    public void stop() {
    }
}
