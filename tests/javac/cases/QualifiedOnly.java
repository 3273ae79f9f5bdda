package com.example.wild;

class QualifiedOnly {
    org.apache.kafka.clients.consumer.KafkaConsumer<String, String> consumer;

    long run() {
        org.apache.kafka.common.TopicPartition partition = new org.apache.kafka.common.TopicPartition("a", 0);
        org.apache.kafka.streams.kstream.TimeWindows windows =
            org.apache.kafka.streams.kstream.TimeWindows.of(java.time.Duration.ofMinutes(1));
        return consumer.committed(partition).offset() + windows.size();
    }

    Object old() {
        return new org.apache.kafka.clients.producer.UniformStickyPartitioner();
    }
}
