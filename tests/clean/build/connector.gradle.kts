plugins { `java-library` }

val kafka: String by extra("4.0.0")

java {
    toolchain { languageVersion = JavaLanguageVersion.of(17) }
}

dependencies {
    compileOnly("org.apache.kafka", "connect-api", kafka)
    testImplementation("org.apache.kafka:connect-runtime:${project.extra["kafka"]}")
    testRuntimeOnly("org.apache.logging.log4j:log4j-slf4j-impl:2.24.3")
    testRuntimeOnly("org.apache.logging.log4j:log4j-core:2.24.3")
}
