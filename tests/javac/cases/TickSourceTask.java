package com.example.connect;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

public class TickSourceTask extends SourceTask {
    private long sent;

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> settings) {
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        Thread.sleep(1000);
        Map<String, ?> place = Collections.singletonMap("at", "clock");
        Map<String, ?> offset = Collections.singletonMap("tick", sent);
        return List.of(new SourceRecord(place, offset, "ticks", Schema.INT64_SCHEMA, sent));
    }

    @Override
    public void commitRecord(SourceRecord record) {
        sent++;
    }

    @Override
    public void stop() {
    }
}
