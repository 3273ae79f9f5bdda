import sbt._

object Dependencies {
  object V {
    val kafka = "3.3.1"
    val scala = "2.12.18"
  }

  val kafka = "org.apache.kafka"
  val streams = kafka %% "kafka-streams-scala" % V.kafka
  val clients = "org.apache.kafka" % "kafka-clients" % V.kafka
}
