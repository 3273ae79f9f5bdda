package com.example.kt.branchestoday

import org.apache.kafka.streams.StreamsBuilder
import org.apache.kafka.streams.kstream.Branched
import org.apache.kafka.streams.kstream.KStream

fun wire(builder: StreamsBuilder) {
    val payments: KStream<String, Long> = builder.stream("payments")
    val branches = payments.split()
        .branch({ _, cents -> cents > 1_000_000 }, Branched.`as`("large"))
        .defaultBranch()
    branches.values.forEach { it.to("all") }
}
