package com.example.tools;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Count;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Sum;
import org.apache.kafka.common.metrics.stats.Total;
import org.apache.kafka.connect.mirror.MirrorClient;
import org.apache.kafka.connect.mirror.RemoteClusterUtils;

class MirrorAndTools {
    private final JmxReporter reporter = new JmxReporter("ours");

    double value(Metric metric) {
        return metric.value();
    }

    void sense(Sensor sensor, MetricName name) {
        sensor.add(name, new Avg());
        sensor.add(name, new Max());
        sensor.add(name, new Count());
        sensor.add(name, new Sum());
        sensor.add(name, new Total());
    }

    Set<String> upstream(Map<String, Object> settings) throws Exception {
        try (MirrorClient client = new MirrorClient(settings)) {
            client.replicationHops("west");
        }
        return RemoteClusterUtils.upstreamClusters(settings);
    }

    static class Reporter implements MetricsReporter {
        @Override
        public void init(java.util.List<KafkaMetric> metrics) {
            for (KafkaMetric metric : metrics) {
                System.out.println(metric.metricName() + "=" + metric.value());
            }
        }

        @Override
        public void metricChange(KafkaMetric metric) {
            double value = metric.value();
        }

        @Override
        public void metricRemoval(KafkaMetric metric) {
        }

        @Override
        public void close() {
        }

        @Override
        public void configure(Map<String, ?> configs) {
        }
    }
}
