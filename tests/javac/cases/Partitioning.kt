package com.example.kt.partitioning

import org.apache.kafka.clients.producer.Partitioner
import org.apache.kafka.clients.producer.internals.DefaultPartitioner
import org.apache.kafka.common.Cluster

class Partitioning : Partitioner {
    private val fallback = DefaultPartitioner()

    override fun configure(configs: MutableMap<String, *>) = Unit

    override fun partition(
        topic: String, key: Any?, keyBytes: ByteArray?, value: Any?, valueBytes: ByteArray?, cluster: Cluster,
    ): Int = fallback.partition(topic, key, keyBytes, value, valueBytes, cluster)

    override fun close() = fallback.close()
}
