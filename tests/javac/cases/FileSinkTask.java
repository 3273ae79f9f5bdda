package com.example.connect;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

public class FileSinkTask extends SinkTask {
    private StringBuilder out;

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> settings) {
        out = new StringBuilder(settings.getOrDefault("prefix", ""));
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        for (SinkRecord record : records) {
            if (record.value() == null) {
                throw new ConnectException("a tombstone in " + record.topic());
            }
            out.append(record.value()).append('\n');
        }
        context.requestCommit();
    }

    @Override
    public void flush(Map<TopicPartition, OffsetAndMetadata> offsets) {
        context.offset(Map.of());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
    }

    @Override
    public void stop() {
        out = null;
    }
}
