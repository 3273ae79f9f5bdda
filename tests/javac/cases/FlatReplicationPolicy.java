package com.example.mirror;

import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.mirror.DefaultReplicationPolicy;
import org.apache.kafka.connect.mirror.ReplicationPolicy;

public class FlatReplicationPolicy implements ReplicationPolicy, Configurable {
    private final ReplicationPolicy standard = new DefaultReplicationPolicy();

    @Override
    public void configure(Map<String, ?> settings) {
    }

    @Override
    public String formatRemoteTopic(String cluster, String topic) {
        return topic;
    }

    @Override
    public String topicSource(String topic) {
        return null;
    }

    @Override
    public String upstreamTopic(String topic) {
        return standard.originalTopic(topic);
    }

    @Override
    public boolean isInternalTopic(String topic) {
        return topic.startsWith("__") || standard.isInternalTopic(topic);
    }
}
