package com.example.streams;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.state.Stores;

class GlobalTables {
    void wire(StreamsBuilder builder) {
        GlobalKTable<String, String> countries =
            builder.globalTable("countries", Materialized.as(Stores.inMemoryKeyValueStore("countries")));
        KStream<String, String> orders = builder.stream("orders", Consumed.with(Serdes.String(), Serdes.String()));
        KTable<String, String> customers = builder.table("customers");
        orders
            .join(countries, (id, order) -> order, (order, country) -> order + country)
            .leftJoin(customers, (order, customer) -> order + customer)
            .groupByKey()
            .aggregate(() -> "", (key, value, all) -> all + value)
            .suppress(Suppressed.untilTimeLimit(java.time.Duration.ofSeconds(1), Suppressed.BufferConfig.unbounded()))
            .toStream()
            .to("enriched");
    }
}
