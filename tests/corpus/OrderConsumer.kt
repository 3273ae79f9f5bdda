package com.acme.orders

import kotlinx.coroutines.*
import mu.KotlinLogging
import org.apache.kafka.clients.admin.AdminClient
import org.apache.kafka.clients.admin.AdminClientConfig
import org.apache.kafka.clients.admin.NewTopic
import org.apache.kafka.clients.consumer.*
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerConfig
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.StringDeserializer
import org.apache.kafka.common.serialization.StringSerializer
import org.apache.kafka.streams.KafkaStreams
import org.apache.kafka.streams.StreamsBuilder
import org.apache.kafka.streams.StreamsConfig
import org.apache.kafka.streams.kstream.KStream
import org.apache.kafka.streams.kstream.Materialized
import org.apache.kafka.streams.kstream.TimeWindows
import org.apache.kafka.streams.kstream.Transformer
import org.apache.kafka.streams.processor.ProcessorContext
import java.time.Duration
import java.util.*
import java.util.concurrent.TimeUnit

private val log = KotlinLogging.logger {}

data class Order(val id: String, val total: Double)

class OrderConsumer(
    private val bootstrap: String,
    private val topics: List<String> = listOf("orders"),
) : AutoCloseable {
    private val props = Properties().apply {
        put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap)
        this[ConsumerConfig.GROUP_ID_CONFIG] = "orders"
        put("auto.offset.reset", "earliest")
        put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer::class.java.name)
    }
    private val consumer: Consumer<String, String> by lazy { KafkaConsumer<String, String>(props) }
    private val producer = KafkaProducer<String, String>(
        mapOf(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG to bootstrap,
            ProducerConfig.ACKS_CONFIG to "all",
            "linger.ms" to 0,
        ),
        StringSerializer(),
        StringSerializer(),
    )

    fun run() = runBlocking {
        consumer.subscribe(topics)
        while (isActive) {
            val records = consumer.poll(100)
            // consumer.poll(1) in a comment
            records.forEach { record ->
                log.info { "got ${record.checksum()} ${consumer.poll(5)}" }
                val old = record.checksum()
                producer.send(ProducerRecord("out", record.key(), "$old")) { metadata, e ->
                    if (e != null) log.error(e) { "no" } else println(metadata.checksum())
                }
            }
            for (r in records) println(r.checksum())
            val tp = TopicPartition("orders", 0)
            consumer.committed(tp)?.offset()
            consumer.committed(setOf(tp))
        }
        producer.close(5, TimeUnit.SECONDS)
    }

    override fun close() = consumer.close(5, TimeUnit.SECONDS)
}

class Upper : Transformer<String, String, String> {
    private lateinit var context: ProcessorContext
    override fun init(context: ProcessorContext) { this.context = context }
    override fun transform(key: String, value: String): String? = value.uppercase().also { context.forward(key, it) }
    override fun close() = Unit
}

fun topology(builder: StreamsBuilder = StreamsBuilder()) = builder.apply {
    stream<String, String>("in")
        .through("mid")
        .groupByKey()
        .windowedBy(TimeWindows.of(Duration.ofMinutes(5)))
        .count(Materialized.`as`("counts"))
    val s: KStream<String, String> = stream("x")
    val (a, b) = s.branch({ _, v -> v.isEmpty() }, { _, _ -> true })
}.build()

fun main(args: Array<String>) {
    val admin = AdminClient.create(mapOf(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG to args[0]))
    admin.use { it.createTopics(listOf(NewTopic("t", 1, 1.toShort()))).values() }
    admin.describeTopics(listOf("t")).all().get()
    val streams = KafkaStreams(topology(), Properties().also { it[StreamsConfig.PROCESSING_GUARANTEE_CONFIG] = StreamsConfig.EXACTLY_ONCE })
    streams.setUncaughtExceptionHandler { t, e -> log.error(e) { t.name } }
    streams.allMetadata().forEach { println(it) }
    with(streams) { localThreadsMetadata() }
    OrderConsumer(args[0]).use { it.run() }
}
