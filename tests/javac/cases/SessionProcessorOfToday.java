package com.example.sessions;

import java.time.Duration;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

public class SessionProcessorOfToday implements Processor<String, String, String, Integer> {
    private ProcessorContext<String, Integer> context;
    private KeyValueStore<String, Integer> store;

    @Override
    public void init(ProcessorContext<String, Integer> context) {
        this.context = context;
        store = context.getStateStore("sessions");
        context.schedule(Duration.ofMinutes(1), PunctuationType.WALL_CLOCK_TIME, now -> store.flush());
    }

    @Override
    public void process(Record<String, String> record) {
        Integer before = store.get(record.key());
        int length = (before == null ? 0 : before) + record.value().length();
        store.put(record.key(), length);
        context.forward(record.withValue(length));
    }

    static void wire(StreamsBuilder builder) {
        KStream<String, String> clicks = builder.stream("clicks");
        clicks.process(SessionProcessorOfToday::new, "sessions").to("lengths");
    }
}
