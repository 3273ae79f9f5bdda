package com.example.kt.hosts

import org.apache.kafka.streams.KafkaStreams

class Hosts(private val streams: KafkaStreams) {
    val all get() = streams.allMetadata().map { it.host() }
    val today get() = streams.metadataForAllStreamsClients().map { it.host() }
    fun state() = streams.state().isRunningOrRebalancing()
}
