package com.example.sc.committed

import org.apache.kafka.clients.consumer.{Consumer, OffsetAndMetadata}
import org.apache.kafka.common.TopicPartition

object Committed {
  def of(consumer: Consumer[Array[Byte], Array[Byte]], topic: String): OffsetAndMetadata =
    consumer.committed(new TopicPartition(topic, 0))
}
