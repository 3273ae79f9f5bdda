package com.example.sc.guarantee

import java.util.Properties
import org.apache.kafka.streams.StreamsConfig

object Guarantee {
  val settings: Properties = {
    val properties = new Properties()
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "sc")
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE)
    properties
  }
}
