package com.example.kt.processing

import org.apache.kafka.streams.kstream.KStream
import org.apache.kafka.streams.processor.api.Processor
import org.apache.kafka.streams.processor.api.ProcessorContext
import org.apache.kafka.streams.processor.api.ProcessorSupplier
import org.apache.kafka.streams.processor.api.Record

class Lengths : Processor<String, String, String, Int> {
    private lateinit var context: ProcessorContext<String, Int>

    override fun init(context: ProcessorContext<String, Int>) {
        this.context = context
    }

    override fun process(record: Record<String, String>) = context.forward(record.withValue(record.value().length))
}

fun wire(stream: KStream<String, String>) {
    stream.process(ProcessorSupplier { Lengths() })
}
