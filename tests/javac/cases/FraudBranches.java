package com.example.fraud;

import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Predicate;

public class FraudBranches {
    void wire(StreamsBuilder builder) {
        KStream<String, Long> payments = builder.stream("payments");
        Predicate<String, Long> large = (id, cents) -> cents > 1_000_000;
        Predicate<String, Long> rest = (id, cents) -> true;
        KStream<String, Long>[] branches = payments.branch(large, rest);
        branches[0].to("review");
        branches[1].to("booked");
    }
}
