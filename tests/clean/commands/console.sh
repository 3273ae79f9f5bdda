echo 'a:1' | kafka-console-producer.sh --bootstrap-server b:9092 --topic orders --line-reader org.apache.kafka.tools.LineMessageReader
kafka-console-consumer.sh --bootstrap-server b:9092 --topic orders --from-beginning --max-messages 10 --timeout-ms 5000
kafka-console-consumer.sh --bootstrap-server b:9092 --topic __consumer_offsets --formatter org.apache.kafka.tools.consumer.OffsetsMessageFormatter --isolation-level read_committed
kafka-console-consumer.sh --bootstrap-server b:9092 --include 'orders.*' --group console --offset -1
