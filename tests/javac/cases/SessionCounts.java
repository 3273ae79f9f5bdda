package com.example.streams;

import java.time.Duration;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;
import org.apache.kafka.streams.kstream.Windowed;

abstract class SessionCounts {
    abstract KGroupedStream<String, String> grouped();

    KTable<Windowed<String>, Long> sessions() {
        return grouped().windowedBy(SessionWindows.with(Duration.ofMinutes(30))).count();
    }

    KTable<Windowed<String>, Long> sliding() {
        SlidingWindows windows =
            SlidingWindows.withTimeDifferenceAndGrace(Duration.ofMinutes(10), Duration.ofMinutes(1));
        return grouped()
            .windowedBy(windows)
            .count();
    }
}
