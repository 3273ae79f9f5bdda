#!/bin/sh
# Converts each Log4j 1 file of this folder, loads both sides with the real libraries and records what they do.
# Needs a JDK, Maven's local repository with reload4j 1.2.25, log4j 2.24.3 and jackson-dataformat-yaml 2.16.2, and the
# command built: tests/log4j/record.sh target/debug/kafka-upgrade-check
set -eu
here=$(cd "$(dirname "$0")" && pwd)
command=$1
r=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
jackson=$r/com/fasterxml/jackson
one=$r/ch/qos/reload4j/reload4j/1.2.25/reload4j-1.2.25.jar
two=$r/org/apache/logging/log4j/log4j-api/2.24.3/log4j-api-2.24.3.jar:$r/org/apache/logging/log4j/log4j-core/2.24.3/log4j-core-2.24.3.jar
two=$two:$jackson/dataformat/jackson-dataformat-yaml/2.16.2/jackson-dataformat-yaml-2.16.2.jar:$jackson/core/jackson-databind/2.16.2/jackson-databind-2.16.2.jar
two=$two:$jackson/core/jackson-core/2.16.2/jackson-core-2.16.2.jar:$jackson/core/jackson-annotations/2.16.2/jackson-annotations-2.16.2.jar:$r/org/yaml/snakeyaml/2.2/snakeyaml-2.2.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
javac -d "$work" -cp "$one:$two" "$here/Log4jOutcome.java"
loggers="root kafka kafka.log kafka.log.LogCleaner kafka.controller.KafkaController kafka.network.RequestChannel$ kafka.request.logger noise noise.more org.apache.kafka org.apache.kafka.clients.NetworkClient org.apache.kafka.connect.runtime.Worker org.apache.zookeeper.ClientCnxn org.reflections kafka.authorizer.logger state.change.logger com.example"
for file in "${2:-$here}"/*.properties "${2:-$here}"/*.xml; do
    [ -e "$file" ] || continue
    name=$(basename "${file%.*}")
    "$command" convert "$file" --to yaml > "$work/$name.yaml" 2> "$work/$name.remarks" || [ $? = 1 ]
    "$command" convert "$file" --to properties > "$work/$name.properties" 2> /dev/null || [ $? = 1 ]
    java="java -Dkafka.logs.dir=$work/logs"
    $java -cp "$work:$one" Log4jOutcome 1 "$file" $loggers > "$work/$name.1"
    $java -cp "$work:$two" Log4jOutcome 2 "$work/$name.yaml" $loggers > "$work/$name.2"
    $java -cp "$work:$two" Log4jOutcome 2 "$work/$name.properties" $loggers > "$work/$name.3"
    for other in 2 3; do
        diff "$work/$name.1" "$work/$name.$other" || { echo "$name: Log4j 2 does something else"; exit 1; }
    done
    if [ $# = 1 ]; then
        mkdir -p "$here/converted"
        cp "$work/$name.yaml" "$work/$name.properties" "$here/converted"
        cp "$work/$name.1" "$here/converted/$name.outcome"
    fi
    echo "$name: the same"
done
