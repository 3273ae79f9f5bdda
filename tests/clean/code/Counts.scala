package example

import java.time.Duration
import java.util.Properties

import org.apache.kafka.streams.{KafkaStreams, StreamsConfig}
import org.apache.kafka.streams.kstream.TimeWindows
import org.apache.kafka.streams.scala.ImplicitConversions._
import org.apache.kafka.streams.scala.StreamsBuilder
import org.apache.kafka.streams.scala.kstream.KStream
import org.apache.kafka.streams.scala.serialization.Serdes._

object Counts {
  def main(args: Array[String]): Unit = {
    val builder = new StreamsBuilder
    val lines: KStream[String, String] = builder.stream[String, String]("lines")
    lines
      .flatMapValues(_.toLowerCase.split("\\W+").toSeq)
      .groupBy((_, word) => word)
      .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMinutes(1)))
      .count()
      .toStream
      .map((window, count) => (window.key, count))
      .to("counts")

    val properties = new Properties()
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "counts")
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args(0))
    val streams = new KafkaStreams(builder.build(), properties)
    streams.start()
    sys.addShutdownHook(streams.close(Duration.ofSeconds(10)))
  }
}
