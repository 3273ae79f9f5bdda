package com.example.tests;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;

class DriverTest {
    void copies() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> in = builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()));
        in.mapValues(String::trim).to("out", Produced.with(Serdes.String(), Serdes.String()));
        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), new Properties())) {
            TestInputTopic<String, String> input =
                driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
            TestOutputTopic<String, String> output =
                driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer());
            input.pipeInput("a", " b ");
            assert output.readValue().equals("b");
            assert driver.getKeyValueStore("none") == null;
        }
    }
}
