package com.example.kt.branches

import org.apache.kafka.streams.StreamsBuilder
import org.apache.kafka.streams.kstream.KStream
import org.apache.kafka.streams.kstream.Predicate

fun wire(builder: StreamsBuilder) {
    val payments: KStream<String, Long> = builder.stream("payments")
    val large = Predicate<String, Long> { _, cents -> cents > 1_000_000 }
    val rest = Predicate<String, Long> { _, _ -> true }
    val branches = payments.branch(large, rest)
    branches[0].to("review")
    branches[1].to("booked")
}
