package com.example.streams;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.StreamJoined;

class JoinedOrders {
    void wire(StreamsBuilder builder) {
        KStream<String, String> orders = builder.stream("orders");
        KStream<String, String> payments = builder.stream("payments");
        JoinWindows hour = JoinWindows.of(Duration.ofHours(1));
        orders
            .join(payments, (order, payment) -> order + payment, hour, StreamJoined.with(Serdes.String(), Serdes.String(), Serdes.String()))
            .to("paid");
        orders
            .leftJoin(
                payments,
                (order, payment) -> payment == null ? order : payment,
                JoinWindows.of(Duration.ofMinutes(5)).before(Duration.ZERO))
            .to("unpaid");
    }
}
