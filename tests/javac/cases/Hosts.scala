package com.example.sc.hosts

import org.apache.kafka.streams.KafkaStreams

class Hosts(streams: KafkaStreams) {
  def all: Int = streams.allMetadata().size()
  def today: Int = streams.metadataForAllStreamsClients().size()
  def running: Boolean = streams.state().isRunningOrRebalancing
}
