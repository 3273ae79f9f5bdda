package com.acme.pipeline

import java.time.Duration
import java.util.{Collections, Properties}
import java.util.concurrent.TimeUnit

import scala.collection.JavaConverters._
import scala.util.{Failure, Success, Try}

import org.apache.kafka.clients.admin.{AdminClient, NewTopic, Config => TopicSettings, ConfigEntry}
import org.apache.kafka.clients.consumer.{ConsumerConfig, ConsumerRecord, KafkaConsumer, OffsetAndMetadata}
import org.apache.kafka.clients.producer._
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.config.ConfigResource
import org.apache.kafka.streams.scala.ImplicitConversions._
import org.apache.kafka.streams.scala._
import org.apache.kafka.streams.scala.kstream._
import org.apache.kafka.streams.scala.Serdes._
import org.apache.kafka.streams.{KafkaStreams, StreamsConfig, Topology}
import org.apache.kafka.streams.kstream.{JoinWindows, TimeWindows}

case class Settings(bootstrap: String, group: String = "pipeline")

class Pipeline(settings: Settings) extends AutoCloseable {
  private val consumerProps = new Properties()
  consumerProps.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap)
  consumerProps.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group)
  consumerProps.put("enable.auto.commit", "false")

  private val producerConfig: Map[String, Object] = Map(
    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG -> settings.bootstrap,
    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION -> Integer.valueOf(10),
    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG -> "true"
  )

  private lazy val consumer = new KafkaConsumer[String, String](consumerProps)
  private val producer = new KafkaProducer[String, String](producerConfig.asJava)

  def run(): Unit = {
    consumer.subscribe(Collections.singletonList("orders"))
    while (true) {
      val records = consumer.poll(100).asScala
      for (record <- records) {
        println(s"got ${record.checksum()} /* not code */")
        println(record.checksum)
        producer.send(new ProducerRecord("out", record.key, record.value), new Callback {
          override def onCompletion(metadata: RecordMetadata, e: Exception): Unit =
            Option(e).foreach(_.printStackTrace())
        })
      }
      records.foreach { r => println(r.checksum()) }
      records.map(r => r.checksum()).sum
      val committed: OffsetAndMetadata = consumer.committed(new TopicPartition("orders", 0))
      Try(consumer.commitSync()) match {
        case Success(_) => ()
        case Failure(e: Exception) => throw e
      }
    }
  }

  override def close(): Unit = {
    consumer.close(5, TimeUnit.SECONDS)
    producer.close(1L, TimeUnit.SECONDS)
  }
}

object Pipeline extends App {
  val props = new Properties
  props.put(StreamsConfig.APPLICATION_ID_CONFIG, "pipeline")
  props.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_BETA)

  val builder = new StreamsBuilder()
  val orders: KStream[String, String] = builder.stream[String, String]("orders")
  val upper = orders.mapValues(_.toUpperCase).through("mid")
  orders.join(upper)((a, b) => a + b, JoinWindows.of(Duration.ofMinutes(5)))
  val counts = orders.groupByKey.windowedBy(TimeWindows.of(Duration.ofMinutes(1))).count()
  orders.branch((_, v) => v.isEmpty, (_, _) => true)

  val streams = new KafkaStreams(builder.build(), props)
  streams.start()
  sys.addShutdownHook(streams.close(10, TimeUnit.SECONDS))

  val admin = AdminClient.create(props)
  val resource = new ConfigResource(ConfigResource.Type.TOPIC, "orders")
  admin.alterConfigs(Map(resource -> new TopicSettings(Collections.singleton(new ConfigEntry("a", "b")))).asJava)
  admin.describeTopics(List("orders").asJava).values.asScala
  new Pipeline(Settings("localhost:9092")).run()
}
