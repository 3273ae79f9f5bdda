package com.example.kt.transactions

import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.clients.consumer.OffsetAndMetadata
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition

fun copy(producer: KafkaProducer<String, String>, offsets: Map<TopicPartition, OffsetAndMetadata>) {
    producer.beginTransaction()
    producer.send(ProducerRecord("out", "a", "b"))
    producer.sendOffsetsToTransaction(offsets, "group")
    producer.commitTransaction()
}

fun today(
    producer: KafkaProducer<String, String>,
    consumer: KafkaConsumer<String, String>,
    offsets: Map<TopicPartition, OffsetAndMetadata>,
) = producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata())
