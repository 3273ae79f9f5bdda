package com.acme.orders;

import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;

import java.time.Duration;
import java.util.*;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.clients.producer.internals.DefaultPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.NotLeaderForPartitionException;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.AbstractProcessor;

/** Books orders. The consumer's {@code poll(long)} is only mentioned here: consumer.poll(100). */
public class OrderService implements AutoCloseable {
    private final Consumer<String, Order> consumer;
    private final Producer<String, Order> producer;
    private final AdminClient admin;

    public OrderService(Properties base) {
        Properties props = new Properties();
        props.putAll(base);
        props.put(ENABLE_IDEMPOTENCE_CONFIG, "true");
        props.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 10);
        props.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, DefaultPartitioner.class.getName());
        this.producer = new KafkaProducer<>(props);
        this.consumer = new KafkaConsumer<>(base);
        this.admin = AdminClient.create(base);
    }

    void run() {
        consumer.subscribe(List.of("orders"));
        while (true) {
            ConsumerRecords<String, Order> records = consumer.poll(100);
            for (var record : records) {
                System.out.println("checksum: record.checksum() is " + record.checksum());
                producer.send(new ProducerRecord<>("booked", record.key(), record.value()));
            }
            for (TopicPartition partition : records.partitions()) {
                long committed = consumer.committed(partition).offset();
                System.out.println(partition + " " + committed);
            }
            Map<TopicPartition, OffsetAndMetadata> all = consumer.committed(consumer.assignment());
            producer.sendOffsetsToTransaction(all, "orders");
            producer.sendOffsetsToTransaction(all, consumer.groupMetadata());
        }
    }

    void look(Config config) throws Exception {
        try {
            admin.describeTopics(List.of("orders")).all().get();
            admin.describeTopics(List.of("orders")).allTopicNames().get();
            admin.alterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "orders"), config));
            for (Map<String, DescribeLogDirsResponse.LogDirInfo> dirs : admin.describeLogDirs(Set.of(1)).all().get().values()) {
                System.out.println(dirs.size());
            }
        } catch (NotLeaderForPartitionException e) {
            throw new IllegalStateException(e);
        }
    }

    static KafkaStreams streams(Properties props) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> orders = builder.stream("orders");
        orders.through("copied")
              .groupByKey()
              .windowedBy(TimeWindows.of(Duration.ofMinutes(5)))
              .count();
        orders.process(() -> new Printer());
        props.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE);
        return new KafkaStreams(builder.build(), props);
    }

    static class Printer extends AbstractProcessor<String, String> {
        @Override
        public void process(String key, String value) {
            context().forward(key, value);
        }
    }

    @Override
    public void close() {
        consumer.close(5, TimeUnit.SECONDS);
        producer.close(Duration.ofSeconds(5));
        admin.close(5, TimeUnit.SECONDS);
    }

    record Order(String id, double total) { }
}
