package com.example.admin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.DeleteTopicsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

class GroupLister {
    private final Admin admin;

    GroupLister(Admin admin) {
        this.admin = admin;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets(String group, List<TopicPartition> partitions) throws Exception {
        ListConsumerGroupOffsetsOptions options = new ListConsumerGroupOffsetsOptions().topicPartitions(partitions);
        return admin.listConsumerGroupOffsets(group, options).partitionsToOffsetAndMetadata().get();
    }

    int groups() throws Exception {
        Collection<ConsumerGroupListing> groups = admin.listConsumerGroups().valid().get();
        return (int) groups.stream().filter(ConsumerGroupListing::isSimpleConsumerGroup).count();
    }

    void delete(String topic) throws Exception {
        DeleteTopicsResult result = admin.deleteTopics(List.of(topic));
        Map<String, KafkaFuture<Void>> futures = result.values();
        futures.get(topic).get();
    }

    void described(String topic) throws Exception {
        admin.describeTopics(List.of(topic)).values().get(topic).thenApply(one -> one.isInternal()).get();
    }
}
