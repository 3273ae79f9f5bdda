package com.example.admin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;

class AdminFluent {
    void run(Admin admin) throws Exception {
        for (TopicListing each : admin.listTopics(new ListTopicsOptions().listInternal(true)).listings().get()) {
            System.out.println(each.name() + each.isInternal());
        }
        admin.updateFeatures(
            Map.of("metadata.version", new FeatureUpdate((short) 7, true)),
            new UpdateFeaturesOptions().timeoutMs(1000).validateOnly(true));
        admin.electLeaders(ElectionType.PREFERRED, Set.of(new TopicPartition("a", 0))).partitions().get();
        admin.alterPartitionReassignments(
            Map.of(new TopicPartition("a", 0), Optional.of(new NewPartitionReassignment(java.util.List.of(1, 2)))));
    }

    FeatureUpdate today() {
        return new FeatureUpdate((short) 7, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
    }
}
