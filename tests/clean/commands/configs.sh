kafka-configs.sh --bootstrap-server b:9092 --alter --entity-type topics --entity-name orders --add-config retention.ms=86400000,cleanup.policy=[compact,delete]
kafka-configs.sh --bootstrap-server b:9092 --alter --entity-type brokers --entity-default --add-config log.cleaner.threads=2
kafka-configs.sh --bootstrap-server b:9092 --alter --entity-type users --entity-name alice --add-config 'SCRAM-SHA-512=[iterations=8192,password=alice-secret]'
kafka-configs.sh --bootstrap-server b:9092 --describe --entity-type client-metrics
kafka-configs.sh --bootstrap-server b:9092 --alter --group payments --add-config consumer.session.timeout.ms=50000
kafka-client-metrics.sh --bootstrap-server b:9092 --alter --name basic --metrics org.apache.kafka.producer. --interval 60000 --match client_id=shop
