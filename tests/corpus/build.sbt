ThisBuild / scalaVersion := "2.12.18"

val kafkaVersion = "3.1.0"

lazy val counts = (project in file("."))
  .settings(
    name := "counts",
    javacOptions ++= Seq("--release", "8"),
    libraryDependencies ++= Seq(
      "org.apache.kafka" %% "kafka-streams-scala" % kafkaVersion,
      "org.apache.kafka" % "kafka-clients" % kafkaVersion,
      "org.apache.flink" % "flink-connector-kafka" % "1.17.1"
    )
  )
