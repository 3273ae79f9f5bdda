package com.example.audit;

import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.Processor;
import org.apache.kafka.streams.processor.ProcessorContext;
import org.apache.kafka.streams.processor.ProcessorSupplier;

final class AuditTopology {
    static final class Sizes implements Processor<String, byte[]> {
        @Override
        public void init(ProcessorContext context) {
        }

        @Override
        public void process(String key, byte[] value) {
        }

        @Override
        public void close() {
        }
    }

    Topology build() {
        ProcessorSupplier<String, byte[]> supplier = Sizes::new;
        return new Topology()
            .addSource("in", "audit")
            .addProcessor("sizes", supplier, "in")
            .addSink("out", "audit-sizes", "sizes");
    }
}
