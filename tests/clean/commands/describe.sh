bin/kafka-topics.sh --bootstrap-server localhost:9092 --describe --under-replicated-partitions
bin/kafka-topics.sh --bootstrap-server localhost:9092 --describe --at-min-isr-partitions --exclude-internal
bin/kafka-topics.sh --bootstrap-server=localhost:9092 --describe --topic-id xKb9sdQvTwS1aB7kUpVJgw
