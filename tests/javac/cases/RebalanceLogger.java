package com.example.listeners;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

class RebalanceLogger {
    private final KafkaConsumer<String, String> consumer;

    RebalanceLogger(KafkaConsumer<String, String> consumer) {
        this.consumer = consumer;
    }

    class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            for (TopicPartition each : partitions) {
                System.out.println(each + " " + consumer.committed(each) + " " + consumer.position(each));
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(each -> consumer.seek(each, 0));
        }
    }

    void run() {
        consumer.subscribe(List.of("orders"), new Listener());
        consumer.subscribe(List.of("orders"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                consumer.poll(0);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                consumer.seekToBeginning(partitions);
            }
        });
    }
}
