module example.com/orders

go 1.22

require (
	github.com/IBM/sarama v1.38.1
	github.com/segmentio/kafka-go v0.4.47
	github.com/twmb/franz-go v1.15.4
	github.com/confluentinc/confluent-kafka-go/v2 v2.3.0 // indirect
)
