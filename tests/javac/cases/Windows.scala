package com.example.sc.windows

import java.time.Duration
import org.apache.kafka.streams.kstream.{JoinWindows, SessionWindows, TimeWindows}

object Windows {
  val five: TimeWindows = TimeWindows.of(Duration.ofMinutes(5))
  val hour: JoinWindows = JoinWindows.of(Duration.ofHours(1)).grace(Duration.ZERO)
  val idle: SessionWindows = SessionWindows.`with`(Duration.ofMinutes(5))
}
