TOKEN=$(kafka-delegation-tokens.sh --bootstrap-server b:9092 --create --max-life-time-period -1 --command-config client.properties --renewer-principal User:user1 | awk 'NR==3 {print $2}')
kafka-delegation-tokens.sh --bootstrap-server b:9092 --describe --command-config client.properties --owner-principal User:user1
kafka-delegation-tokens.sh --bootstrap-server b:9092 --expire --expiry-time-period -1 --command-config client.properties --hmac "$TOKEN"
