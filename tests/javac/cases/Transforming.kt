package com.example.kt.transforming

import org.apache.kafka.streams.KeyValue
import org.apache.kafka.streams.kstream.KStream
import org.apache.kafka.streams.kstream.Transformer
import org.apache.kafka.streams.kstream.TransformerSupplier
import org.apache.kafka.streams.processor.ProcessorContext

class Lengths : Transformer<String, String, KeyValue<String, Int>> {
    private lateinit var context: ProcessorContext

    override fun init(context: ProcessorContext) {
        this.context = context
    }

    override fun transform(key: String, value: String): KeyValue<String, Int> = KeyValue(key, value.length)

    override fun close() = Unit
}

fun wire(stream: KStream<String, String>) {
    stream.transform(TransformerSupplier { Lengths() }).to("lengths")
}
