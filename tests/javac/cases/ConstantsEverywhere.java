package com.example.constants;

import static org.apache.kafka.streams.StreamsConfig.*;
import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

class ConstantsEverywhere {
    @interface Setting {
        String value();
    }

    @Setting(StreamsConfig.EXACTLY_ONCE)
    private String guarantee = EXACTLY_ONCE;

    static final String BETA = StreamsConfig.EXACTLY_ONCE_BETA;

    Map<String, Object> all() {
        return Map.of(
            PROCESSING_GUARANTEE_CONFIG, EXACTLY_ONCE_BETA,
            ACKS_CONFIG, "all",
            ConsumerConfig.GROUP_ID_CONFIG, "ours",
            StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 10);
    }

    String named(String given) {
        switch (given) {
            case AT_LEAST_ONCE:
                return "once or more";
            case EXACTLY_ONCE:
                return "once";
            default:
                return given;
        }
    }

    Properties retried(Properties properties) {
        properties.setProperty(StreamsConfig.RETRIES_CONFIG, "3");
        properties.setProperty(DEFAULT_WINDOWED_KEY_SERDE_INNER_CLASS, "ours");
        return properties;
    }
}
