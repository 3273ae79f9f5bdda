package com.example.embedded;

import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import kafka.utils.*;
import kafka.zk.*;
import org.apache.kafka.common.utils.Time;
import scala.Option;

class BrokerInTests {
    private KafkaServer server;

    void start(java.util.Map<String, String> settings) {
        KafkaConfig config = new KafkaConfig(settings);
        server = new KafkaServer(config, Time.SYSTEM, Option.empty(), false);
        server.startup();
    }

    void topics(KafkaZkClient client) {
        AdminZkClient admin = null;
        client.close();
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }
}
