# Looking around by hand.
kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic orders --from-beginning --include 'ord.*' --max-messages 10
kafka-console-producer.sh --bootstrap-server localhost:9092 --topic orders
kafka-dump-log.sh --files /var/lib/kafka/orders-0/00000000000000000000.log --print-data-log
kafka-features.sh --bootstrap-server localhost:9092 describe
kafka-leader-election.sh --bootstrap-server localhost:9092 --election-type preferred --all-topic-partitions
kafka-get-offsets.sh --bootstrap-server localhost:9092 --topic orders
