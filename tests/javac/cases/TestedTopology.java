package com.example.tested;

import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.MockProcessorContext;
import org.apache.kafka.streams.processor.Processor;
import org.apache.kafka.streams.processor.ProcessorContext;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

class TestedTopology {
    static class Counting implements Processor<String, String> {
        private ProcessorContext context;
        private KeyValueStore<String, Long> store;

        @Override
        @SuppressWarnings("unchecked")
        public void init(ProcessorContext context) {
            this.context = context;
            store = (KeyValueStore<String, Long>) context.getStateStore("counts");
            context.schedule(Duration.ofSeconds(10), PunctuationType.WALL_CLOCK_TIME, this::punctuate);
        }

        @Override
        public void process(String key, String value) {
            Long before = store.get(key);
            store.put(key, before == null ? 1L : before + 1);
        }

        void punctuate(long at) {
            store.all().forEachRemaining(one -> context.forward(one.key, one.value));
            context.commit();
        }

        @Override
        public void close() {
        }
    }

    Topology topology() {
        return new Topology()
            .addSource("lines", "lines")
            .addProcessor("count", Counting::new, "lines")
            .addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("counts"), Serdes.String(), Serdes.Long()), "count")
            .addSink("counts", "counts", "count");
    }

    void driven() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "tested");
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(), settings, Instant.EPOCH)) {
            TestInputTopic<String, String> in = driver.createInputTopic("lines", new StringSerializer(), new StringSerializer());
            TestOutputTopic<String, String> out = driver.createOutputTopic("counts", new StringDeserializer(), new StringDeserializer());
            in.pipeInput("a", "b");
            KeyValue<String, String> read = out.readKeyValue();
            StateStore store = driver.getStateStore("counts");
        }
    }

    void mocked() {
        MockProcessorContext context = new MockProcessorContext();
        Counting counting = new Counting();
        counting.init(context);
        counting.process("a", "b");
        context.forwarded().get(0).keyValue();
    }
}
