package com.example.admin;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

public class TopicAdmin implements AutoCloseable {
    private final AdminClient admin;

    public TopicAdmin(Properties properties) {
        admin = AdminClient.create(properties);
    }

    public void create(String name) throws ExecutionException, InterruptedException {
        admin.createTopics(Collections.singleton(new NewTopic(name, 6, (short) 3))).all().get();
    }

    public void retention(String name, long ms) throws ExecutionException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Map<ConfigResource, Config> configs = new HashMap<>();
        configs.put(topic, new Config(Collections.singleton(new ConfigEntry("retention.ms", Long.toString(ms)))));
        admin.alterConfigs(configs).all().get();
    }

    public int partitions(Collection<String> names) throws ExecutionException, InterruptedException {
        int sum = 0;
        for (TopicDescription each : admin.describeTopics(names).all().get().values()) {
            sum += each.partitions().size();
        }
        return sum;
    }

    @Override
    public void close() {
        admin.close();
    }
}
