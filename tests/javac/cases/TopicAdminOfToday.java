package com.example.admin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

public class TopicAdminOfToday {
    public void retention(Admin admin, String name, long ms) throws ExecutionException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        AlterConfigOp set =
            new AlterConfigOp(new ConfigEntry("retention.ms", Long.toString(ms)), AlterConfigOp.OpType.SET);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = Map.of(topic, List.of(set));
        admin.incrementalAlterConfigs(changes).all().get();
    }

    public int partitions(Admin admin, Collection<String> names) throws ExecutionException, InterruptedException {
        int sum = 0;
        for (TopicDescription each : admin.describeTopics(names).allTopicNames().get().values()) {
            sum += each.partitions().size();
        }
        return sum;
    }

    public void alterConfigs(Map<ConfigResource, String> ours) {
        ours.forEach((resource, text) -> System.out.println(resource.name() + text));
    }

    void callsItsOwn() {
        alterConfigs(Map.of());
    }
}
