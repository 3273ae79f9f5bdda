package com.example.connect;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

public class TickSourceTaskOfToday extends SourceTask {
    private long sent;

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> settings) {
    }

    @Override
    public List<SourceRecord> poll() {
        return null;
    }

    @Override
    public void commitRecord(SourceRecord record, RecordMetadata metadata) {
        sent = metadata == null ? sent : metadata.offset();
    }

    @Override
    public void stop() {
    }
}
