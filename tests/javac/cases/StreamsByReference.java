package com.example.streams.reference;

import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Transformer;
import org.apache.kafka.streams.kstream.ValueTransformer;
import org.apache.kafka.streams.processor.AbstractProcessor;
import org.apache.kafka.streams.processor.Processor;
import org.apache.kafka.streams.processor.ProcessorContext;

class StreamsByReference {
    static class Audit extends AbstractProcessor<String, String> {
        @Override
        public void process(String key, String value) {
            context().forward(key, normal(value));
            context().commit();
        }
    }

    static class Keyed implements Transformer<String, String, KeyValue<String, String>> {
        private ProcessorContext context;

        @Override
        public void init(ProcessorContext context) {
            this.context = context;
        }

        @Override
        public KeyValue<String, String> transform(String key, String value) {
            context.headers().add("seen", new byte[0]);
            return KeyValue.pair(key, value);
        }

        @Override
        public void close() {
        }
    }

    static String normal(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    void wire(StreamsBuilder builder) {
        KStream<String, String> lines = builder.stream("lines", Consumed.with(Serdes.String(), Serdes.String()));
        KStream<String, String> words = lines
            .mapValues(StreamsByReference::normal)
            .flatMapValues(line -> Arrays.asList(line.split(" ")))
            .filterNot((key, word) -> word.isBlank());
        words.process(Audit::new);
        words.transform(Keyed::new).to("keyed");
        words.transformValues(Values::new).to("values");
        words.foreach((key, value) -> System.out.println(key + value));
        words.peek(this::seen).to("words");
        words.process(StreamsByReference::audit);
        words.process(() -> new Audit());
    }

    static Processor<String, String> audit() {
        return new Audit();
    }

    void seen(String key, String value) {
    }

    static class Values implements ValueTransformer<String, Integer> {
        @Override
        public void init(ProcessorContext context) {
        }

        @Override
        public Integer transform(String value) {
            return value.length();
        }

        @Override
        public void close() {
        }
    }
}
