package com.example.kt.windowstoday

import java.time.Duration
import org.apache.kafka.streams.kstream.JoinWindows
import org.apache.kafka.streams.kstream.KGroupedStream
import org.apache.kafka.streams.kstream.TimeWindows

fun count(grouped: KGroupedStream<String, String>) =
    grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMinutes(5))).count()

fun join(): JoinWindows = JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofHours(1))
