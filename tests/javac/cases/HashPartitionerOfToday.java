package com.example.partition;

import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

public class HashPartitionerOfToday implements Partitioner {
    @Override
    public void configure(Map<String, ?> configs) {
    }

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        int partitions = cluster.partitionsForTopic(topic).size();
        return keyBytes == null ? 0 : Math.floorMod(Arrays.hashCode(keyBytes), partitions);
    }

    // Not an override: nothing calls it any more.
    public void onNewBatch(String topic, Cluster cluster, int before) {
    }

    @Override
    public void close() {
    }
}
