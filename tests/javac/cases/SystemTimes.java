package com.example.times;

import java.util.Properties;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.producer.internals.DefaultPartitioner;
import org.apache.kafka.common.utils.KafkaThread;
import org.apache.kafka.common.utils.SystemTime;
import org.apache.kafka.common.utils.Utils;

class SystemTimes {
    private final SystemTime time = new SystemTime();

    long now() {
        return time.milliseconds();
    }

    Properties partitioned() {
        Properties properties = new Properties();
        properties.put("partitioner.class", DefaultPartitioner.class.getName());
        return properties;
    }

    Thread started(Runnable runnable) {
        return KafkaThread.daemon("ours", runnable);
    }

    int murmur(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key));
    }

    NetworkClient client;
}
