package com.example.tests;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.StringSerializer;

class MockProducerTest {
    void sends() {
        MockProducer<String, String> producer = new MockProducer<>(true, new StringSerializer(), new StringSerializer());
        producer.send(new ProducerRecord<>("orders", "a", "b"));
        if (producer.history().size() != 1 || producer.closed()) {
            throw new AssertionError();
        }
        producer.clear();
    }

    void empty() {
        MockProducer<byte[], byte[]> producer = new MockProducer<>();
        producer.initTransactions();
        producer.fenceProducer();
    }

    Object wired() {
        return new MockProducer<>(Cluster.empty(), false, null, new StringSerializer(), new StringSerializer());
    }
}
