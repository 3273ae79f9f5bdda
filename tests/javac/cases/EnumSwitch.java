package com.example.flow;

import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.common.security.auth.SecurityProtocol;

class EnumSwitch {
    int code(KafkaStreams.State state) {
        switch (state) {
            case RUNNING:
                return 0;
            case ERROR:
            case PENDING_SHUTDOWN:
                return 1;
            default:
                return state.hasNotStarted() ? 2 : 3;
        }
    }

    String text(ConfigResource.Type type) {
        return switch (type) {
            case TOPIC -> "topic";
            case BROKER -> "broker";
            default -> type.name();
        };
    }

    boolean secure(SecurityProtocol protocol) {
        return protocol != SecurityProtocol.PLAINTEXT && protocol == SecurityProtocol.valueOf("SSL");
    }
}
