#!/bin/sh
NODE_ID=${1:-1}
cat > /etc/kafka/server.properties <<CONFIG
process.roles=broker,controller
node.id=$NODE_ID
controller.quorum.voters=1@kafka-1:9093
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://:9092,CONTROLLER://:9093
log.dirs=/var/lib/kafka
CONFIG
/opt/kafka/bin/kafka-server-start.sh /etc/kafka/server.properties
