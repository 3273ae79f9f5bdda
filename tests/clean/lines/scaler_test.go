package scalers

// What the operator of Kafka gets.
const kafkaTopicTemplate = `apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: {{.TopicName}}
  labels:
    strimzi.io/cluster: {{.KafkaName}}
spec:
  partitions: 3
  config:
    retention.ms: 604800000
    segment.bytes: 1073741824
`

var beans = []string{"kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec"}
