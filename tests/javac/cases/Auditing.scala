package com.example.sc.auditing

import org.apache.kafka.streams.processor.AbstractProcessor

class Auditing extends AbstractProcessor[String, String] {
  override def process(key: String, value: String): Unit =
    context().forward(key, value)
}
