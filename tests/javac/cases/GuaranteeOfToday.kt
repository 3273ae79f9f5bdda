package com.example.kt.guaranteetoday

import org.apache.kafka.streams.StreamsConfig

val settings = mapOf(
    StreamsConfig.APPLICATION_ID_CONFIG to "kt",
    StreamsConfig.PROCESSING_GUARANTEE_CONFIG to StreamsConfig.EXACTLY_ONCE_V2,
)
