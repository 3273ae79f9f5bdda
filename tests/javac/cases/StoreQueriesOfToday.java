package com.example.query;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;

public class StoreQueriesOfToday {
    private final KafkaStreams streams;

    public StoreQueriesOfToday(KafkaStreams streams) {
        this.streams = streams;
    }

    public String hosts() {
        StringBuilder text = new StringBuilder();
        for (var host : streams.metadataForAllStreamsClients()) {
            text.append(host.host()).append(':').append(host.port());
        }
        return text.toString();
    }

    public boolean mine(String word) {
        KeyQueryMetadata where = streams.queryMetadataForKey("counts", word, new StringSerializer());
        return where.activeHost().port() == 8080;
    }
}
