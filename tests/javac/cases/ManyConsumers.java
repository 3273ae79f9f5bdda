package com.example.many;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

class ManyConsumers {
    private final Map<String, KafkaConsumer<String, String>> byName = new HashMap<>();
    private final List<KafkaConsumer<String, String>> all = List.copyOf(byName.values());
    private final KafkaConsumer<String, String>[] array = null;

    void run() {
        for (KafkaConsumer<String, String> each : all) {
            each.poll(10);
        }
        for (Map.Entry<String, KafkaConsumer<String, String>> entry : byName.entrySet()) {
            entry.getValue().poll(10);
        }
        for (var each : byName.values()) {
            each.poll(10);
        }
        array[0].poll(10);
        byName.get("orders").poll(10);
        all.forEach(each -> each.poll(10));
        all.stream().map(each -> each.committed(new TopicPartition("a", 0))).count();
        Optional.of(all.get(0)).ifPresent(first -> first.wakeup());
    }
}
