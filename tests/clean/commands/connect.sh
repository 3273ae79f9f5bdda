bin/connect-distributed.sh -daemon config/connect-distributed.properties
bin/connect-standalone.sh config/connect-standalone.properties config/connect-file-source.properties
bin/connect-mirror-maker.sh mm2.properties --clusters east
bin/connect-plugin-path.sh list --plugin-path /opt/connectors
KAFKA_LOG4J_OPTS="-Dlog4j2.configurationFile=config/connect-log4j2.yaml" bin/connect-distributed.sh worker.properties
