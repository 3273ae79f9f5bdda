package com.example.partition;

import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.internals.DefaultPartitioner;
import org.apache.kafka.common.Cluster;

public class RegionPartitioner implements Partitioner {
    private final DefaultPartitioner fallback = new DefaultPartitioner();

    @Override
    public void configure(Map<String, ?> configs) {
        fallback.configure(configs);
    }

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        if (key instanceof String && ((String) key).startsWith("eu-")) {
            return 0;
        }
        return fallback.partition(topic, key, keyBytes, value, valueBytes, cluster);
    }

    @Override
    public void close() {
        fallback.close();
    }
}
