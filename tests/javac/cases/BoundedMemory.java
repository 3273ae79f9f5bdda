package com.example.state;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.clients.consumer.ConsumerRecord;

class BoundedMemory implements TimestampExtractor {
    private final TimestampExtractor other = new WallclockTimestampExtractor();

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() > 0 ? record.timestamp() : other.extract(record, partitionTime);
    }

    Map<String, Object> settings() {
        Class<? extends DeserializationExceptionHandler> handler = LogAndContinueExceptionHandler.class;
        return Map.of(
            StreamsConfig.CACHE_MAX_BYTES_BUFFERING_CONFIG, 0,
            StreamsConfig.DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler,
            StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    }

    String describe(Topology topology) {
        return topology.describe().toString();
    }
}
