module example.com/orders

go 1.23

require (
	github.com/IBM/sarama v1.45.1
	github.com/twmb/franz-go v1.18.1
)
