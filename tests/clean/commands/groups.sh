kafka-consumer-groups.sh --bootstrap-server b:9092 --list --state Stable --type consumer
kafka-consumer-groups.sh --bootstrap-server b:9092 --describe --all-groups --verbose
kafka-consumer-groups.sh --bootstrap-server b:9092 --group payments --topic orders:0,1 --reset-offsets --to-datetime 2025-01-01T00:00:00.000 --execute
kafka-consumer-groups.sh --bootstrap-server b:9092 --group payments --reset-offsets --shift-by -10 --all-topics --dry-run --export > plan.csv
kafka-groups.sh --bootstrap-server b:9092 --list --share
kafka-share-groups.sh --bootstrap-server b:9092 --describe --group S1 --members
