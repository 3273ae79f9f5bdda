package com.example.headers;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Bytes;

final class HeaderTools {
    private HeaderTools() {
    }

    static Optional<String> text(ConsumerRecord<?, ?> record, String key) {
        Header last = record.headers().lastHeader(key);
        return Optional.ofNullable(last).map(Header::value).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    static <K, V> ProducerRecord<K, V> copy(ConsumerRecord<K, V> record, String topic) {
        ProducerRecord<K, V> copy = new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value());
        Headers headers = copy.headers();
        StreamSupport.stream(record.headers().spliterator(), false).forEach(headers::add);
        headers.add(new RecordHeader("from", Bytes.wrap(new byte[] {1}).get()));
        return copy;
    }
}
