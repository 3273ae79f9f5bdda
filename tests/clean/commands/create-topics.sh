#!/usr/bin/env bash
# Creates the topics of the shop.
set -euo pipefail

KAFKA_HOME=${KAFKA_HOME:-/opt/kafka}
BS="broker1:9092,broker2:9092,broker3:9092"

create() {
  "$KAFKA_HOME"/bin/kafka-topics.sh --bootstrap-server "$BS" --command-config /etc/kafka/admin.properties \
    --create --if-not-exists --topic "$1" --partitions "$2" --replication-factor 3 \
    --config min.insync.replicas=2 --config "retention.ms=$3"
}

create orders 12 604800000
create payments 6 2592000000
if ! "$KAFKA_HOME/bin/kafka-topics.sh" --bootstrap-server "$BS" --list | grep -q '^orders$'; then
  echo "kafka-topics.sh did not create orders" >&2
  exit 1
fi
