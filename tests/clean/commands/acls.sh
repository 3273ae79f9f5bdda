for user in alice bob; do
  kafka-acls.sh --bootstrap-server broker:9092 --command-config admin.properties --add --allow-principal "User:$user" \
    --operation Read --operation Describe --topic orders- --resource-pattern-type prefixed
  kafka-acls.sh --bootstrap-controller controller:9093 --list --principal "User:$user"
done
kafka-acls --bootstrap-server broker:9092 --remove --deny-principal User:eve --producer --topic orders --force
