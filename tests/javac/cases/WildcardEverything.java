package com.example.wild;

import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.streams.*;
import org.apache.kafka.streams.kstream.*;

class WildcardEverything {
    KStream<String, String>[] run(StreamsBuilder builder, Consumer<String, String> consumer) {
        KStream<String, String> stream = builder.stream("a");
        for (ConsumerRecord<String, String> each : consumer.poll(1L)) {
            System.out.println(each.offset());
        }
        Producer<String, String> producer = new KafkaProducer<>(new Properties());
        producer.send(new ProducerRecord<>("a", "b"), (metadata, error) -> {
            if (error != null) {
                throw new KafkaException(error);
            }
        });
        return stream.branch((key, value) -> true);
    }
}
