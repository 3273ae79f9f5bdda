package com.example.kt.leaders

import org.apache.kafka.common.errors.NotLeaderForPartitionException
import org.apache.kafka.common.errors.RetriableException

fun again(error: Throwable): Boolean = when (error) {
    is NotLeaderForPartitionException -> true
    is RetriableException -> true
    else -> false
}
