package com.example.streams;

import java.time.Duration;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;

class JoinedOrdersOfToday {
    void wire(StreamsBuilder builder) {
        KStream<String, String> orders = builder.stream("orders");
        KStream<String, String> payments = builder.stream("payments");
        orders
            .join(payments, (order, payment) -> order + payment, JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofHours(1)))
            .to("paid");
        orders.groupByKey().windowedBy(SessionWindows.ofInactivityGapWithNoGrace(Duration.ofMinutes(5))).count();
        orders.groupByKey()
            .windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(Duration.ofMinutes(5), Duration.ofMinutes(1)))
            .count();
    }
}
