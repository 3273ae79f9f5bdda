package com.example.kt.source

import org.apache.kafka.clients.producer.RecordMetadata
import org.apache.kafka.connect.source.SourceRecord
import org.apache.kafka.connect.source.SourceTask

class Source : SourceTask() {
    override fun version() = "1"

    override fun start(settings: MutableMap<String, String>) = Unit

    override fun poll(): MutableList<SourceRecord>? = null

    override fun commitRecord(record: SourceRecord) {
        println(record.topic())
    }

    override fun stop() = Unit
}

class Today : SourceTask() {
    override fun version() = "1"

    override fun start(settings: MutableMap<String, String>) = Unit

    override fun poll(): MutableList<SourceRecord>? = null

    override fun commitRecord(record: SourceRecord, metadata: RecordMetadata?) {
        println(record.topic())
    }

    override fun stop() = Unit
}
