package com.example.sc.auditingtoday

import org.apache.kafka.streams.processor.api.{ContextualProcessor, Record}

class AuditingOfToday extends ContextualProcessor[String, String, String, String] {
  override def process(record: Record[String, String]): Unit =
    context().forward(record)
}
