package com.example.state;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

class StoreBuilders {
    StoreBuilder<KeyValueStore<String, Long>> counts() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long())
            .withCachingEnabled();
    }

    StoreBuilder<WindowStore<String, Long>> windows() {
        return Stores.windowStoreBuilder(
            Stores.persistentWindowStore("windows", Duration.ofHours(1), Duration.ofMinutes(1), false),
            Serdes.String(),
            Serdes.Long());
    }

    long sum(KeyValueStore<String, Long> store) {
        long sum = 0;
        try (KeyValueIterator<String, Long> all = store.all()) {
            while (all.hasNext()) {
                sum += all.next().value;
            }
        }
        return sum;
    }

    void wire(StreamsBuilder builder) {
        builder.addStateStore(counts()).addStateStore(windows());
    }
}
