package com.example.audit;

import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

final class AuditTopologyOfToday {
    static final class Sizes extends ContextualProcessor<String, byte[], String, Integer> {
        @Override
        public void process(Record<String, byte[]> record) {
            context().forward(record.withValue(record.value().length));
        }
    }

    Topology build() {
        ProcessorSupplier<String, byte[], String, Integer> supplier = Sizes::new;
        return new Topology()
            .addSource("in", "audit")
            .addProcessor("sizes", supplier, "in")
            .addSink("out", "audit-sizes", "sizes");
    }
}
