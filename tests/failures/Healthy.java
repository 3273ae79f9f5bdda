import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.serialization.*;
import org.apache.kafka.streams.*;

/** What works: `java Healthy.java SERVER` makes a topic, writes, reads, runs a Streams application, and logs as they do. */
public class Healthy {
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("bootstrap.servers", arguments[0]));
        try (AdminClient admin = AdminClient.create(all)) {
            // Where this machine was too busy for it, it is run again.
            if (!admin.listTopics().names().get().contains("in")) admin.createTopics(List.of(new NewTopic("in", 2, (short) 1), new NewTopic("out", 2, (short) 1))).all().get();
        }
        Thread.sleep(2000);
        all.put("transactional.id", "t");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(all, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < 20; i++) producer.send(new ProducerRecord<>("in", "k" + i, "v"));
            producer.commitTransaction();
        }
        all.remove("transactional.id");
        all.put("group.id", "g");
        all.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("in"));
            int read = 0;
            for (int i = 0; i < 100 && read < 20; i++) read += consumer.poll(Duration.ofMillis(300)).count();
            consumer.commitSync();
        }
        Properties settings = new Properties();
        settings.put("bootstrap.servers", arguments[0]);
        settings.put("application.id", "healthy");
        settings.put("state.dir", arguments[1]);
        settings.put("default.key.serde", Serdes.StringSerde.class.getName());
        settings.put("default.value.serde", Serdes.StringSerde.class.getName());
        settings.put("auto.offset.reset", "earliest");
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in").groupByKey().count().toStream().mapValues(value -> "" + value).to("out");
        try (KafkaStreams streams = new KafkaStreams(builder.build(), settings)) {
            streams.start();
            Thread.sleep(15_000);
        }
        Runtime.getRuntime().halt(0);
    }
}
