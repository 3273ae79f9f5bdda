kafka-producer-perf-test.sh --topic t --num-records 1000000 --record-size 100 --throughput -1 --print-metrics
kafka-consumer-perf-test.sh --bootstrap-server b:9092 --topic t --group perf --hide-header
kafka-verifiable-producer.sh --bootstrap-server b:9092 --topic t --max-messages 10 --acks -1
kafka-e2e-latency.sh b:9092 t 100 all 100
kafka-dump-log.sh --files /var/lib/kafka/orders-0/00000000000000000000.log --print-data-log --deep-iteration
kafka-replica-verification.sh --broker-list b:9092 --topics-include 'orders.*' --report-interval-ms 5000
kafka-jmx.sh --jmx-url service:jmx:rmi:///jndi/rmi://b:9999/jmxrmi --object-name kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec --one-time
