#!/bin/sh
export KAFKA_HEAP_OPTS="-Xms4g -Xmx4g"
export KAFKA_OPTS="-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=https://sso.example.com/token,https://sso.example.com/keys"
export JMX_PORT=9999
if [ ! -f /var/lib/kafka/meta.properties ]; then
  bin/kafka-storage.sh format --cluster-id "$CLUSTER_ID" --config config/server.properties --no-initial-controllers
fi
exec bin/kafka-server-start.sh config/server.properties --override node.id="$NODE_ID"
