package com.example.orders;

import java.time.Duration;
import java.util.Collections;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

public class OrderPollerOfToday implements Runnable {
    private final KafkaConsumer<String, String> consumer;
    private volatile boolean running = true;

    public OrderPollerOfToday(Properties properties) {
        this.consumer = new KafkaConsumer<>(properties);
    }

    @Override
    public void run() {
        consumer.subscribe(Collections.singletonList("orders"));
        try {
            while (running) {
                // was: consumer.poll(100)
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
                for (ConsumerRecord<String, String> record : records) {
                    System.out.println(record.key() + " " + record.value());
                }
                consumer.commitSync();
            }
        } finally {
            consumer.close();
        }
    }
}
