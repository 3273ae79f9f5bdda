docker exec -it kafka-1 /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka-1:19092 --list
docker run --rm --network host apache/kafka:4.0.0 /opt/kafka/bin/kafka-get-offsets.sh --bootstrap-server localhost:9092 --topic orders --time -1
kubectl -n kafka exec my-cluster-kafka-0 -c kafka -- bash -c 'bin/kafka-log-dirs.sh --bootstrap-server localhost:9092 --describe --broker-list 0,1'
ssh broker1 "sudo -u kafka /opt/kafka/bin/kafka-server-stop.sh" && ssh broker1 'sudo systemctl start kafka'
