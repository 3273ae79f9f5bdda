package com.example.ops;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

class Topics {
    private final Admin admin;

    Topics(Admin admin) {
        this.admin = admin;
    }

    void create(String name) throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(name, 6, (short) 3).configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "604800000"));
        admin.createTopics(List.of(topic)).all().get();
    }

    void keep(String name, String millis) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        AlterConfigOp op = new AlterConfigOp(new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, millis), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(op))).all().get();
    }

    Map<String, TopicDescription> describe(Collection<String> names) throws ExecutionException, InterruptedException {
        return admin.describeTopics(names).allTopicNames().get();
    }

    void delete(Collection<String> names) throws ExecutionException, InterruptedException {
        admin.deleteTopics(names).all().get();
    }
}
