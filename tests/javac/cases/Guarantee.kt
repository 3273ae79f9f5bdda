package com.example.kt.guarantee

import java.util.Properties
import org.apache.kafka.streams.StreamsConfig
import org.apache.kafka.streams.StreamsConfig.EXACTLY_ONCE_BETA

val settings = Properties().apply {
    put(StreamsConfig.APPLICATION_ID_CONFIG, "kt")
    this[StreamsConfig.PROCESSING_GUARANTEE_CONFIG] = EXACTLY_ONCE_BETA
    this["other"] = StreamsConfig.EXACTLY_ONCE
}
