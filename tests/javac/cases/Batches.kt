package com.example.kt.batches

import org.apache.kafka.clients.producer.Partitioner
import org.apache.kafka.common.Cluster

class Batches : Partitioner {
    private var current = 0

    override fun configure(configs: MutableMap<String, *>) = Unit

    override fun partition(
        topic: String, key: Any?, keyBytes: ByteArray?, value: Any?, valueBytes: ByteArray?, cluster: Cluster,
    ): Int = current

    override fun onNewBatch(topic: String, cluster: Cluster, prevPartition: Int) {
        current++
    }

    override fun close() = Unit
}
