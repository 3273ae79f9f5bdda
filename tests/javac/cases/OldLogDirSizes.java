package com.example.admin;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;

class OldLogDirSizes {
    long bytes(AdminClient admin, int broker) throws Exception {
        Map<String, DescribeLogDirsResponse.LogDirInfo> directories =
            admin.describeLogDirs(List.of(broker)).all().get().get(broker);
        long sum = 0;
        for (DescribeLogDirsResponse.LogDirInfo directory : directories.values()) {
            sum += directory.replicaInfos.size();
        }
        return sum;
    }
}
