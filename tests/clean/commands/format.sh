#!/bin/sh
CLUSTER_ID=$(bin/kafka-storage.sh random-uuid)
bin/kafka-storage.sh format --cluster-id "$CLUSTER_ID" --config config/server.properties --standalone
bin/kafka-storage.sh format -t $CLUSTER_ID -c config/controller.properties --initial-controllers "0@c0:9093:JEXY6aqzQY-32P5TStzaFg,1@c1:9093:MvDxzVmcRsaTz33bUuRU6A" --feature metadata.version=4.0-IV3
bin/kafka-storage.sh format -t $CLUSTER_ID -c config/broker.properties --no-initial-controllers --add-scram 'SCRAM-SHA-256=[name=admin,password=change-me]'
bin/kafka-storage.sh info -c config/server.properties
bin/kafka-server-start.sh -daemon config/server.properties --override node.id=3
