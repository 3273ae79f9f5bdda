ThisBuild / scalaVersion := "2.13.16"

libraryDependencies ++= Seq(
  "org.apache.kafka" %% "kafka-streams-scala" % "4.0.0",
  "org.apache.kafka" % "kafka-clients" % "4.0.0"
)
