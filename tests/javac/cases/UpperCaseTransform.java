package com.example.connect;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;

public class UpperCaseTransform<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final ConfigDef CONFIG =
        new ConfigDef().define("topic.prefix", ConfigDef.Type.STRING, "", ConfigDef.Importance.LOW, "Put before names.");

    private String prefix;

    @Override
    public void configure(Map<String, ?> settings) {
        prefix = String.valueOf(settings.get("topic.prefix"));
    }

    @Override
    public R apply(R record) {
        return record.newRecord(
            prefix + record.topic().toUpperCase(), record.kafkaPartition(), record.keySchema(), record.key(),
            record.valueSchema(), record.value(), record.timestamp());
    }

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public void close() {
    }
}
