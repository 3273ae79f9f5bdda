package com.example.orders;

import java.util.Collections;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads orders until it is told to stop; {@code poll(100)} here is not code. */
public class OrderPoller implements Runnable {
    private final KafkaConsumer<String, String> consumer;
    private volatile boolean running = true;

    public OrderPoller(Properties properties) {
        this.consumer = new KafkaConsumer<>(properties);
    }

    @Override
    public void run() {
        consumer.subscribe(Collections.singletonList("orders"));
        try {
            while (running) {
                ConsumerRecords<String, String> records = consumer.poll(100);
                for (ConsumerRecord<String, String> record : records) {
                    handle(record.key(), record.value());
                }
                consumer.commitSync();
            }
        } finally {
            consumer.close();
        }
    }

    private void handle(String key, String value) {
        System.out.println(key + " " + value + " consumer.poll(100)");
    }

    public void stop() {
        running = false;
        consumer.wakeup();
    }
}
