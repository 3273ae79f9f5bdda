package com.example.sc.batches

import org.apache.kafka.clients.producer.Partitioner
import org.apache.kafka.common.Cluster

abstract class Batches extends Partitioner {
  private var current = 0

  override def onNewBatch(topic: String, cluster: Cluster, prevPartition: Int): Unit = current += 1
}
