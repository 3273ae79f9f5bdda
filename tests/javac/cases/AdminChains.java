package com.example.admin.chains;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;

class AdminChains {
    Map<String, TopicDescription> described(AdminClient admin, Collection<String> topics) throws Exception {
        return admin.describeTopics(topics).all().get();
    }

    List<TopicDescription> each(Admin admin, Collection<String> topics) {
        DescribeTopicsResult result = admin.describeTopics(topics);
        return result.values().values().stream().map(one -> {
            try {
                return one.get();
            } catch (InterruptedException | ExecutionException failed) {
                throw new IllegalStateException(failed);
            }
        }).collect(Collectors.toList());
    }

    void altered(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = new Config(List.of(new ConfigEntry("retention.ms", "1")));
        admin.alterConfigs(Map.of(resource, config)).all().get();
    }

    Map<TopicPartition, ?> offsets(Admin admin, String group, List<TopicPartition> partitions) throws Exception {
        ListConsumerGroupOffsetsOptions options = new ListConsumerGroupOffsetsOptions().topicPartitions(partitions);
        return admin.listConsumerGroupOffsets(group, options).partitionsToOffsetAndMetadata().get();
    }

    long size(Properties properties) throws Exception {
        try (Admin admin = Admin.create(properties)) {
            Map<Integer, Map<String, DescribeLogDirsResponse.LogDirInfo>> all =
                admin.describeLogDirs(List.of(1)).all().get();
            return all.get(1).values().stream().flatMap(one -> one.replicaInfos.values().stream())
                .mapToLong(one -> one.size).sum();
        }
    }
}
