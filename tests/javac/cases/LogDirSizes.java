package com.example.admin;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;

class LogDirSizes {
    long bytes(Admin admin, int broker) throws Exception {
        long sum = 0;
        for (LogDirDescription directory : admin.describeLogDirs(List.of(broker)).allDescriptions().get().get(broker).values()) {
            for (ReplicaInfo replica : directory.replicaInfos().values()) {
                sum += replica.size();
            }
        }
        return sum;
    }
}
