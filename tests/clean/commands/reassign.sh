cat > topics.json <<JSON
{"version": 1, "topics": [{"topic": "orders"}]}
JSON
kafka-reassign-partitions.sh --bootstrap-server b:9092 --topics-to-move-json-file topics.json --broker-list 1,2,3 --generate
kafka-reassign-partitions.sh --bootstrap-server b:9092 --reassignment-json-file plan.json --throttle 50000000 --execute && sleep 60
kafka-reassign-partitions.sh --bootstrap-server b:9092 --reassignment-json-file plan.json --verify --preserve-throttles
kafka-leader-election.sh --bootstrap-server b:9092 --election-type preferred --all-topic-partitions
kafka-delete-records.sh --bootstrap-server b:9092 --offset-json-file offsets.json
