package com.example.audit;

import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.AbstractProcessor;
import org.apache.kafka.streams.processor.ProcessorContext;

public class AuditProcessor extends AbstractProcessor<String, byte[]> {
    private long seen;

    @Override
    public void init(ProcessorContext context) {
        super.init(context);
    }

    @Override
    public void process(String key, byte[] value) {
        seen += value.length;
        context().forward(key, seen);
    }

    static Topology topology() {
        Topology topology = new Topology();
        topology.addSource("in", "audit");
        topology.addSink("out", "audit-sizes", "sizes");
        return topology;
    }
}
