package com.example.query;

import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

public class StoreQueries {
    private final KafkaStreams streams;

    public StoreQueries(KafkaStreams streams) {
        this.streams = streams;
    }

    public Optional<Long> count(String word) {
        ReadOnlyKeyValueStore<String, Long> store =
            streams.store(StoreQueryParameters.fromNameAndType("counts", QueryableStoreTypes.keyValueStore()));
        return Optional.ofNullable(store.get(word));
    }

    public int hosts() {
        Collection<?> all = streams.allMetadata();
        return all.size() + streams.allMetadataForStore("counts").size();
    }

    public boolean ready(String word) {
        return streams.queryMetadataForKey("counts", word, new StringSerializer()) != null
            && streams.state().isRunningOrRebalancing();
    }
}
