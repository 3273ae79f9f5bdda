package com.example.sc.guaranteetoday

import org.apache.kafka.streams.StreamsConfig._

object GuaranteeOfToday {
  val settings: Map[String, String] =
    Map(APPLICATION_ID_CONFIG -> "sc", PROCESSING_GUARANTEE_CONFIG -> EXACTLY_ONCE_V2)
}
