package com.example.fraud;

import java.util.Map;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

public class FraudBranchesOfToday {
    void wire(StreamsBuilder builder) {
        KStream<String, Long> payments = builder.stream("payments");
        Map<String, KStream<String, Long>> branches = payments
            .split(Named.as("payments-"))
            .branch((id, cents) -> cents > 1_000_000, Branched.as("large"))
            .defaultBranch(Branched.as("rest"));
        branches.get("payments-large").to("review");
        branches.get("payments-rest").to("booked");
    }
}
