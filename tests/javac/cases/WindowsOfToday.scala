package com.example.sc.windowstoday

import java.time.Duration
import org.apache.kafka.streams.kstream.{JoinWindows, TimeWindows}

object WindowsOfToday {
  val five: TimeWindows = TimeWindows.ofSizeWithNoGrace(Duration.ofMinutes(5))
  val hour: JoinWindows = JoinWindows.ofTimeDifferenceAndGrace(Duration.ofHours(1), Duration.ZERO)
}
