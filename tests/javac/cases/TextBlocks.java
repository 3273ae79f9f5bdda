package com.example.text;

import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class TextBlocks {
    static final String HELP = """
        import org.apache.kafka.clients.producer.internals.DefaultPartitioner;
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties);
        consumer.poll(100);
        """;

    // import org.apache.kafka.streams.kstream.Transformer;
    int run(KafkaConsumer<String, String> consumer, Object other) {
        if (other instanceof KafkaConsumer<?, ?> another) {
            return another.poll(Duration.ofMillis(3)).count();
        }
        char quote = '"';
        return consumer.poll(Duration.ofMillis(3)).count() + quote;
    }

    record Pair(KafkaConsumer<String, String> left, String right) {
        int both() {
            return left.poll(Duration.ZERO).count() + right.length();
        }
    }
}
