package com.example.assign;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

class AssignorOfOurs implements ConsumerPartitionAssignor {
    @Override
    public String name() {
        return "first-takes-all";
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return null;
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
        Map<String, Assignment> assigned = new HashMap<>();
        for (Map.Entry<String, Subscription> member : subscriptions.groupSubscription().entrySet()) {
            List<TopicPartition> partitions = member.getValue().ownedPartitions();
            assigned.put(member.getKey(), new Assignment(partitions));
        }
        return new GroupAssignment(assigned);
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
        assignment.partitions().forEach(System.out::println);
    }
}
