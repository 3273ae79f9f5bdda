import java.time.Duration;
import java.util.*;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.serialization.*;
import org.apache.kafka.streams.*;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.*;

/** Runs Streams applications that cannot go on, and prints what they log: `java AskStreams.java SERVER FOLDER`. */
public class AskStreams {
    static String server, folder;

    static Properties settings(String name, String... more) {
        Properties all = new Properties();
        all.putAll(Map.of("bootstrap.servers", server, "application.id", name, "state.dir", folder + "/" + name, "auto.offset.reset", "earliest",
            "default.key.serde", Serdes.StringSerde.class.getName(), "default.value.serde", Serdes.StringSerde.class.getName()));
        for (int i = 0; i < more.length; i += 2) if (more[i + 1] == null) all.remove(more[i]); else all.put(more[i], more[i + 1]);
        return all;
    }

    static void question(String name, Properties settings, Consumer<StreamsBuilder> topology) {
        System.out.println("### " + name);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try {
            StreamsBuilder builder = new StreamsBuilder();
            topology.accept(builder);
            try (KafkaStreams streams = new KafkaStreams(builder.build(settings), settings)) {
                streams.setUncaughtExceptionHandler(one -> { thrown.set(one); return StreamThreadExceptionResponse.SHUTDOWN_CLIENT; });
                streams.start();
                for (int i = 0; i < 24 && thrown.get() == null; i++) Thread.sleep(500);
                streams.close(Duration.ofSeconds(4));
            }
        } catch (Throwable one) {
            thrown.set(one);
        }
        if (thrown.get() == null) { System.out.println("answered"); return; }
        System.out.print("Exception in thread \"main\" ");
        thrown.get().printStackTrace(System.out);
        System.out.flush();
    }

    public static void main(String[] arguments) throws Exception {
        server = arguments[0];
        folder = arguments[1];
        try (AdminClient admin = AdminClient.create(Map.of("bootstrap.servers", server))) {
            admin.createTopics(List.of(new NewTopic("words", 2, (short) 1), new NewTopic("one", 1, (short) 1), new NewTopic("written", 1, (short) 1),
                new NewTopic("counts-KSTREAM-AGGREGATE-STATE-STORE-0000000001-changelog", 5, (short) 1))).all().get();
        }
        Thread.sleep(2000);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", server), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 9; i++) producer.send(new ProducerRecord<>("words", "k" + i, "v")).get();
        }
        question("streams-source-absent", settings("absent"), builder -> builder.stream("nowhere").to("written"));
        question("streams-not-copartitioned", settings("joined"), builder -> builder.<String, String>stream("words").join(builder.<String, String>table("one"), (left, right) -> left).to("written"));
        question("streams-not-readable", settings("read", "default.value.serde", Serdes.LongSerde.class.getName()), builder -> builder.stream("words").to("written"));
        question("streams-serializer-differs", settings("serialized"), builder -> builder.<String, String>stream("words").mapValues(value -> value.length()).to("written"));
        question("streams-no-serde", settings("serdes", "default.key.serde", null, "default.value.serde", null), builder -> builder.stream("words").to("written"));
        question("streams-changelog-differs", settings("counts"), builder -> builder.stream("words").groupByKey().count().toStream().mapValues(count -> "" + count).to("written"));
        question("streams-code-throws", settings("thrown"), builder -> builder.stream("words").mapValues(value -> { if (true) throw new IllegalStateException("ours"); return ""; }).to("written"));
        question("streams-sink-absent", settings("sink"), builder -> builder.stream("words").to("nowhere-either"));
        question("streams-no-topology", settings("nothing"), builder -> { });
        question("streams-group-protocol-live", settings("rebalanced", "group.protocol", "streams"), builder -> builder.stream("words").groupByKey().count());
        System.out.println("### first");
        Properties shared = settings("shared");
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("words").groupByKey().count();
        try (KafkaStreams first = new KafkaStreams(builder.build(), shared)) {
            first.start();
            Thread.sleep(3000);
            System.out.println("answered");
            question("streams-directory-shared", shared, again -> again.stream("words").groupByKey().count());
        }
        Runtime.getRuntime().halt(0);
    }
}
