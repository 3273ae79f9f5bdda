package com.example.serde;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

public class MoneySerializer implements Serializer<MoneySerializer.Money> {
    public static final class Money {
        final long cents;

        public Money(long cents) {
            this.cents = cents;
        }
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
    }

    @Override
    public byte[] serialize(String topic, Money money) {
        if (money == null) {
            return null;
        }
        if (money.cents < 0) {
            throw new SerializationException("negative");
        }
        return Long.toString(money.cents).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, Money money) {
        headers.add("unit", new byte[] {1});
        return serialize(topic, money);
    }

    static Serde<Money> serde() {
        Deserializer<Money> reader = (topic, bytes) -> new Money(Long.parseLong(new String(bytes, StandardCharsets.UTF_8)));
        return Serdes.serdeFrom(new MoneySerializer(), reader);
    }
}
