#!/usr/bin/env bash
set -euo pipefail

BOOTSTRAP="${BOOTSTRAP:-kafka-1:9092,kafka-2:9092}"
KAFKA_HOME=/opt/kafka

create() {
  "$KAFKA_HOME/bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" --create --if-not-exists \
    --topic "$1" --partitions "${2:-6}" --replication-factor 3 \
    --config min.insync.replicas=2 --config retention.ms=604800000
}

for topic in orders payments invoices; do
  create "$topic"
done

"$KAFKA_HOME/bin/kafka-configs.sh" --bootstrap-server "$BOOTSTRAP" --alter \
  --entity-type topics --entity-name orders --add-config cleanup.policy=compact
"$KAFKA_HOME/bin/kafka-acls.sh" --bootstrap-server "$BOOTSTRAP" --command-config admin.properties \
  --add --allow-principal User:billing --operation Read --topic orders --group billing
"$KAFKA_HOME/bin/kafka-consumer-groups.sh" --bootstrap-server "$BOOTSTRAP" --describe --all-groups
