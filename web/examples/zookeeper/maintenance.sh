#!/usr/bin/env bash
# Nightly chores of the order cluster
set -euo pipefail
cd /opt/kafka

export KAFKA_OPTS="-Djava.security.auth.login.config=/etc/kafka/jaas.conf"
export KAFKA_LOG4J_OPTS="-Dlog4j.configuration=file:/etc/kafka/tools-log4j.properties"
ZK=zk-1.example.com:2181
BROKERS=kafka-1.example.com:9092

# A topic a day
bin/kafka-topics.sh --zookeeper "$ZK" --create --if-not-exists \
  --topic "orders-$(date +%F)" --partitions 12 --replication-factor 3

# Quotas of the batch jobs
bin/kafka-configs.sh --zookeeper "$ZK" --alter --entity-type clients \
  --entity-name batch --add-config 'producer_byte_rate=1048576'

# Where the topic ends
bin/kafka-run-class.sh kafka.tools.GetOffsetShell --broker-list "$BROKERS" --topic orders

# A look at the last orders
bin/kafka-console-consumer.sh --bootstrap-server "$BROKERS" --whitelist 'orders.*' --max-messages 10

bin/kafka-console-producer.sh --broker-list "$BROKERS" --topic heartbeat < /dev/null

# Keep the other data centre up to date
bin/kafka-mirror-maker.sh --consumer.config us.properties --producer.config eu.properties --whitelist orders
