package com.example.streams;

import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

class EnrichedValuesOfToday {
    static class Stamp implements FixedKeyProcessor<String, String, String> {
        private FixedKeyProcessorContext<String, String> context;

        @Override
        public void init(FixedKeyProcessorContext<String, String> context) {
            this.context = context;
        }

        @Override
        public void process(FixedKeyRecord<String, String> record) {
            context.forward(record.withValue(record.value() + "@" + record.timestamp()));
        }
    }

    KStream<String, String> stamped(KStream<String, String> in) {
        return in.processValues(Stamp::new).peek((key, value) -> System.out.println(key));
    }
}
