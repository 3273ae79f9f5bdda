package com.example.orders;

import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.TransformerSupplier;

/** Takes orders in, passes paid ones on. */
public class OrderService {
    private final KafkaConsumer<String, String> orders;
    private final KafkaProducer<String, String> paid;

    OrderService(String servers) {
        Properties reading = new Properties();
        reading.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, "orders");
        reading.put("key.deserializer", StringDeserializer.class.getName());
        reading.put("value.deserializer", StringDeserializer.class.getName());
        orders = new KafkaConsumer<>(reading);

        Properties writing = new Properties();
        writing.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "orders-1");
        writing.put("key.serializer", StringSerializer.class.getName());
        writing.put("value.serializer", StringSerializer.class.getName());
        writing.put("partitioner.class", "org.apache.kafka.clients.producer.internals.DefaultPartitioner");
        paid = new KafkaProducer<>(writing);
        paid.initTransactions();
    }

    void run(Map<TopicPartition, OffsetAndMetadata> offsets) {
        orders.subscribe(List.of("orders"));
        while (true) {
            for (ConsumerRecord<String, String> order : orders.poll(500)) {
                paid.beginTransaction();
                paid.send(new ProducerRecord<>("paid", order.key(), order.value()));
                paid.sendOffsetsToTransaction(offsets, "orders");
                paid.commitTransaction();
            }
        }
    }

    static Properties streams() {
        Properties streams = new Properties();
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, "order-totals");
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE);
        return streams;
    }

    KStream<String, String> priced(KStream<String, String> in, TransformerSupplier<String, String, ?> prices) {
        KStream<String, String>[] split = in.branch((key, value) -> value != null);
        return split[0];
    }
}
