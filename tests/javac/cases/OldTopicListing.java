package com.example.admin;

import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;

class OldTopicListing {
    TopicListing listing() {
        return new TopicListing("orders", false);
    }

    String task(TaskId id) {
        return id.topicGroupId + "_" + id.partition;
    }

    Object group() {
        return new ConsumerGroupMetadata("group");
    }
}
