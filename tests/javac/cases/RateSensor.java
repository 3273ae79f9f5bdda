package com.example.metrics;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.Total;

class RateSensor implements MetricsReporter {
    private final Metrics metrics = new Metrics();

    Sensor sensor() {
        Sensor sensor = metrics.sensor("orders");
        MetricName name = metrics.metricName("order-rate", "orders", Collections.emptyMap());
        sensor.add(name, new Rate());
        sensor.add(metrics.metricName("order-total", "orders"), new Total());
        return sensor;
    }

    @Override
    public void init(List<KafkaMetric> all) {
        for (KafkaMetric metric : all) {
            System.out.println(metric.metricName().name() + metric.metricValue());
        }
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        System.out.println(metric.metricName().group());
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
