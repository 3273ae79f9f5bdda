package com.example.partition;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

public class StickyPartitioner implements Partitioner {
    private volatile int current;

    @Override
    public void configure(Map<String, ?> configs) {
    }

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        return current % cluster.partitionCountForTopic(topic);
    }

    @Override
    public void onNewBatch(String topic, Cluster cluster, int before) {
        current = ThreadLocalRandom.current().nextInt(1 << 16);
    }

    @Override
    public void close() {
    }
}
