package com.example.streams;

import org.apache.kafka.streams.kstream.ForeachAction;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.AbstractProcessor;

class PrinterOfRecords {
    void wire(KStream<String, String> lines) {
        lines.foreach(new ForeachAction<String, String>() {
            @Override
            public void apply(String key, String value) {
                System.out.println(key + value);
            }
        });
        lines.process(() -> new AbstractProcessor<String, String>() {
            @Override
            public void process(String key, String value) {
                context().forward(key, value);
            }
        });
    }
}
