package com.example.inherited;

import java.util.Map;
import org.apache.kafka.clients.producer.internals.DefaultPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.streams.processor.AbstractProcessor;
import org.apache.kafka.streams.processor.ProcessorContext;
import org.apache.kafka.streams.processor.PunctuationType;
import java.time.Duration;

abstract class InheritedFromGone extends AbstractProcessor<String, Long> {
    private long sum;

    @Override
    public void init(ProcessorContext context) {
        super.init(context);
        context.schedule(Duration.ofSeconds(1), PunctuationType.STREAM_TIME, at -> flush());
    }

    void flush() {
        context().forward("sum", sum);
        this.context().commit();
        close();
        own();
    }

    abstract void own();

    static class Sticky extends DefaultPartitioner {
        @Override
        public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            return super.partition(topic, key, keyBytes, value, valueBytes, cluster);
        }

        void set(Map<String, ?> settings) {
            configure(settings);
        }
    }
}
