plugins {
    java
    id("org.springframework.boot") version "3.1.5"
}

val kafkaVersion = "3.4.0"

java {
    toolchain { languageVersion.set(JavaLanguageVersion.of(11)) }
}

dependencies {
    implementation("org.springframework.kafka:spring-kafka:3.0.12")
    implementation("org.apache.kafka:kafka-streams:$kafkaVersion")
    implementation("org.apache.kafka:connect-runtime:$kafkaVersion")
    implementation("org.apache.kafka:kafka-log4j-appender:3.9.0")
    testImplementation("org.apache.kafka:kafka_2.12:$kafkaVersion:test")
}
