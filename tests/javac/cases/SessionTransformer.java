package com.example.sessions;

import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Transformer;
import org.apache.kafka.streams.processor.ProcessorContext;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.state.KeyValueStore;

public class SessionTransformer implements Transformer<String, String, KeyValue<String, Integer>> {
    private ProcessorContext context;
    private KeyValueStore<String, Integer> store;

    @Override
    @SuppressWarnings("unchecked")
    public void init(ProcessorContext context) {
        this.context = context;
        store = (KeyValueStore<String, Integer>) context.getStateStore("sessions");
        context.schedule(Duration.ofMinutes(1), PunctuationType.WALL_CLOCK_TIME, now -> store.flush());
    }

    @Override
    public KeyValue<String, Integer> transform(String key, String value) {
        Integer before = store.get(key);
        int length = (before == null ? 0 : before) + value.length();
        store.put(key, length);
        return KeyValue.pair(key, length);
    }

    @Override
    public void close() {
    }

    static void wire(StreamsBuilder builder) {
        KStream<String, String> clicks = builder.stream("clicks");
        clicks.transform(SessionTransformer::new, "sessions").to("lengths");
    }
}
