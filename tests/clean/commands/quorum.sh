kafka-metadata-quorum.sh --bootstrap-server b:9092 describe --status
kafka-metadata-quorum.sh --bootstrap-controller c:9093 describe --replication --human-readable
kafka-metadata-quorum.sh --command-config controller.properties --bootstrap-server b:9092 add-controller
kafka-features.sh --bootstrap-server b:9092 upgrade --release-version 4.0
kafka-features.sh --bootstrap-server b:9092 describe
kafka-features.sh --bootstrap-server b:9092 downgrade --feature transaction.version=1 --dry-run
kafka-cluster.sh cluster-id --bootstrap-server b:9092
kafka-cluster.sh unregister --bootstrap-server b:9092 --id 4
kafka-metadata-shell.sh --snapshot /var/lib/kafka/__cluster_metadata-0/00000000000000000000-0000000000.checkpoint
