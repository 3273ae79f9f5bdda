package com.example.streams;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Repartitioned;

class RepartitionedTopicOfToday {
    KTable<String, Long> totals(StreamsBuilder builder) {
        KStream<String, Long> amounts = builder.stream("amounts");
        return amounts
            .selectKey((key, value) -> key.substring(0, 2))
            .repartition(Repartitioned.with(Serdes.String(), Serdes.Long()))
            .groupByKey()
            .reduce(Long::sum);
    }
}
