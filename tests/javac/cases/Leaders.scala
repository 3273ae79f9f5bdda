package com.example.sc.leaders

import org.apache.kafka.common.errors.{NotLeaderForPartitionException, RetriableException}

object Leaders {
  def again(error: Throwable): Boolean = error match {
    case _: NotLeaderForPartitionException => true
    case _: RetriableException => true
    case _ => false
  }
}
