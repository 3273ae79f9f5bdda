package com.example.kt.windows

import java.time.Duration
import org.apache.kafka.streams.kstream.JoinWindows
import org.apache.kafka.streams.kstream.KGroupedStream
import org.apache.kafka.streams.kstream.TimeWindows

val five: TimeWindows = TimeWindows.of(Duration.ofMinutes(5))

fun count(grouped: KGroupedStream<String, String>) =
    grouped
        .windowedBy(TimeWindows.of(Duration.ofMinutes(5)).grace(Duration.ZERO))
        .count()

fun join(): JoinWindows = JoinWindows.of(Duration.ofHours(1))
