#!/bin/bash
export KAFKA_HEAP_OPTS="-Xms6g -Xmx6g"
export KAFKA_OPTS="-Djava.security.auth.login.config=/etc/kafka/jaas.conf -javaagent:/opt/jmx.jar=7071:/etc/kafka/jmx.yaml"
export KAFKA_LOG4J_OPTS="-Dlog4j2.configurationFile=/etc/kafka/log4j2.yaml -Dkafka.logs.dir=/var/log/kafka"
export LOG_DIR=/var/log/kafka
exec /opt/kafka/bin/kafka-server-start.sh /etc/kafka/server.properties
