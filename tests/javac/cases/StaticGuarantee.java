package com.example.start;

import static org.apache.kafka.streams.StreamsConfig.EXACTLY_ONCE_BETA;
import static org.apache.kafka.streams.StreamsConfig.PROCESSING_GUARANTEE_CONFIG;

import java.util.Map;

interface StaticGuarantee {
    Map<String, Object> SETTINGS = Map.of(
        PROCESSING_GUARANTEE_CONFIG, EXACTLY_ONCE_BETA,
        "num.stream.threads", 2);
}
