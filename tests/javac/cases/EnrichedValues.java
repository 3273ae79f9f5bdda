package com.example.streams;

import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.ValueTransformerWithKey;
import org.apache.kafka.streams.kstream.ValueTransformerWithKeySupplier;
import org.apache.kafka.streams.processor.ProcessorContext;

class EnrichedValues {
    static class Stamp implements ValueTransformerWithKey<String, String, String> {
        private ProcessorContext context;

        @Override
        public void init(ProcessorContext context) {
            this.context = context;
        }

        @Override
        public String transform(String key, String value) {
            return value + "@" + context.timestamp() + context.topic();
        }

        @Override
        public void close() {
        }
    }

    KStream<String, String> stamped(KStream<String, String> in) {
        ValueTransformerWithKeySupplier<String, String, String> supplier = Stamp::new;
        return in.filter((key, value) -> value != null)
            .transformValues(supplier)
            .peek((key, value) -> System.out.println(key));
    }
}
