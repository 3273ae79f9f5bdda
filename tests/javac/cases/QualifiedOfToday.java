package com.example.wild;

class QualifiedOfToday {
    org.apache.kafka.clients.consumer.KafkaConsumer<String, String> consumer;

    int run() {
        return consumer.poll(java.time.Duration.ofMillis(1)).count();
    }

    Object current() {
        return new org.apache.kafka.clients.producer.RoundRobinPartitioner();
    }
}
