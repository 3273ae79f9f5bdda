kafka-streams-application-reset.sh --bootstrap-server b:9092 --application-id totals --input-topics orders,payments --to-earliest --dry-run
bin/kafka-run-class.sh org.apache.kafka.tools.StreamsResetter --bootstrap-server b:9092 --application-id totals --force
bin/kafka-run-class.sh org.apache.kafka.tools.JmxTool --help
