//! Programs in languages that are searched only for clients.

use crate::{Kind, read};

#[test]
fn mbeans_and_manifests_of_a_program_are_read() {
    let text = "var beans = []string{\"kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec\"}\n";
    let document = read("metrics.go", text, None);
    let names: Vec<_> = document.usages.iter().map(|one| (&*one.name, one.span.of(text))).collect();
    let bean = "kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec";
    assert_eq!(names, [(bean, bean)]);
    let text = "kafka = api.get_namespaced_custom_object(\n    group=\"kafka.strimzi.io\", version=version, plural=\"kafkas\")\n";
    assert_eq!(read("handler.py", text, None).kind, Kind::ApplicationConfig);
    let text = "const t = `apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaTopic\nmetadata:\n  name: {{.Name}}\nspec:\n  config:\n    retention.ms: 1\n    segment.bytes: 2\n`\n";
    let document = read("scaler_test.go", text, None);
    let settings = document.parts.iter().flat_map(|part| &part.settings);
    let keys: Vec<_> = settings.map(|one| one.key_span.of(text)).collect();
    assert_eq!(keys, ["retention.ms", "segment.bytes"]);
}

#[test]
fn a_program_that_sets_a_client_is_one_whatever_its_library_is_called() {
    for (path, text) in [
        ("a.rb", "topic 'Kafka' do\n  kafka(\"bootstrap.servers\": '127.0.0.1:9091')\nend\n"),
        ("kafka_test.go", "c := ConfigMap{\"group.id\": \"kafka\"}\n"),
        ("b.rb", "config.kafka[:\"transactional.id\"] = 'a'\n"),
        ("a.phpt", "RdKafka conf\n$conf->set('group.id', 'a');\n"),
        ("b.py", "KafkaAdmin(bootstrap_servers=x)\n"),
        ("d.py", "DockerContainer(image).with_env(\"KAFKA_PROCESS_ROLES\", \"controller,broker\")\n"),
        ("c.rb", "# Karafka\nconfig.kafka[:\"statistics.interval.ms\"] = 0\n"),
        ("c_test.go", "// Kafka\nconst c = `key.converter=x\n\tgroup.id=y\n`\n"),
        ("d_test.go", "// Kafka\nf(\"retention.ms=1;segment.bytes=2\")\n"),
        ("a.ipynb", "kafka\n\"  \\\"auto.offset.reset\\\"\"\n"),
        ("a.spec.js", "const { KafkaJSError } = require('../errors')\nadmin = createAdmin({ cluster })\n"),
        ("task.ts", "const serializer = \"org.apache.kafka.common.serialization.StringSerializer\"\n"),
        ("b.js", "const KafkaClient = require('../lib/kafkaClient')\n"),
        (
            "job.py",
            "# kafka\nddl = f\"\"\"WITH (\n  'connector' = 'kafka',\n  'properties.bootstrap.servers' = 'a:9092'\n)\"\"\"\n",
        ),
        ("simple.cc", "#include <kafka/KafkaProducer.h>\n"),
        ("env.cc", "#include \"kafka/AdminClient.h\"\n"),
        ("status.rb", "class Status < ::Rdkafka::Producer::DeliveryHandle\nend\n"),
        ("errors.rb", "begin\n  push\nrescue Kafka::BufferOverflow => e\nend\n"),
        ("pipeline.ex", "producer: [module: {BroadwayKafka.Producer, [topics: [\"a\"]]}]\n"),
        ("brod.hrl", "-include_lib(\"kafka_protocol/include/kpro_public.hrl\").\n"),
        ("spark.py", "options = {\n  'kafka.bootstrap.servers': servers,\n}\n"),
        ("spark.py", "stream = spark.readStream.format('kafka').options(**o).load()\n"),
        ("handler.go", "import (\n\t\"fmt\"\n\tkafka \"github.com/acme/kafka-consumer/v2\"\n)\n"),
        ("produce.rs", "use kafka::producer::{Producer, RequiredAcks};\n"),
        ("kafka.libsonnet", "{ expr: 'rate(kafka_server_brokertopicmetrics_bytesin_total[5m])' }\n"),
        ("app.py", "from quixstreams import Application\n"),
        ("auth.py", "# Kafka\nclient(sasl_mechanism=m, sasl_plain_username=u)\n"),
        ("config.py", "broker = os.environ.get('B', 'kafka://127.0.0.1:9092')\n"),
        (
            "Startup.cs",
            "services.AddKafka(k => k.AddCluster(c => c.WithBrokers(new[] { \"localhost:9092\" })));\n",
        ),
        ("main.go", "// Kafka\nv := flag.String(\"kafka-version\", \"v0.10.2\", \"\")\n"),
        ("heroku.rb", "# Kafka\nconfig.security_protocol = :ssl\n"),
        (
            "Orders.cs",
            "public void Run([KafkaTrigger(\"Brokers\", \"orders\", ConsumerGroup = \"g\")] string one) {}\n",
        ),
        ("app.js", "app.generic('orders', { trigger: { type: 'kafkaTrigger', brokerList: '%Brokers%' } })\n"),
        ("app.py", "@app.kafka_trigger(arg_name=\"one\", topic=\"orders\", broker_list=\"Brokers\")\n"),
        ("c.ts", "import { Consumer } from './kafka'\nnew Consumer({ bootstrapBrokers: ['a:9092'] })\n"),
        ("load.js", "import { Writer } from \"k6/x/kafka\";\n"),
        ("kafka.php", "return ['brokers' => env('KAFKA_BROKERS', 'localhost:9092')];\n"),
        ("settings.py", "KAFKA_TOPIC = 'rides'\nBOOTSTRAP_SERVERS = 'localhost:9092'\n"),
        ("karafka.rb", "class App < Karafka::App\nend\n"),
        ("config.go", "v.SetDefault(\"ingest.kafka.brokers\", \"127.0.0.1:9092\")\n"),
        ("processor.go", "// Kafka\nconst apiKeyProduce = int16(0)\nvar minRequestApiVersion = 1\n"),
        ("server.go", "p := newProducer(cfg.Kafka.Brokers)\n"),
        ("Count.cs", "using Acme.Kafka.Streams;\nvar builder = new StreamBuilder();\n"),
        ("c.zig", "_ = c.rd_kafka_conf_set(conf, \"bootstrap.servers\", \"localhost:9092\", null, 0);\n"),
        ("proto.rs", "// Kafka\nconst API_KEY_FETCH: i16 = 1;\nconst API_VERSION: i16 = 0;\n"),
        ("proxy_test.go", "// kafka-clients 0.10.2\n{apiKey: 0, apiVersion: 2},\n"),
        ("lag.libsonnet", "{ expr: 'sum(kafka_consumergroup_lag) by (topic)' }\n"),
        (
            "topic.go",
            "// Kafka\nm{\"segment_bytes\": 1, \"retention_ms\": 1, \"segment_ms\": 1, \"message_format_version\": 1}\n",
        ),
    ] {
        assert_eq!(read(path, text, None).kind, Kind::ApplicationConfig, "{path}");
    }
    for (path, text) in [
        ("a.libsonnet", "{ 'kafka-overview.json': (import 'kafka_overview.json') }\n"),
        ("a.py", "# Kafka\nx.group.id = 1\n"),
        ("b.py", "x = {'group.id': 1}\n"),
        ("a.cs", "public class KafkaTrigger {}\n"),
        ("a.php", "return env('KAFKA_TOPIC', 'orders');\n"),
        ("metrics.go", "c := counter(\"kafka.broker.latency_min\")\n"),
        ("a.go", "// Kafka\n{apiKey: key, apiVersion: \"v1\"},\n"),
        ("b.rs", "// Kafka\nconst API_VERSION: i16 = 0;\n"),
        ("a.cc", "// Kafka\n#include \"kafka_names.h\"\n"),
        ("a.rb", "module Kafka\n  VERSION = '1'\nend\n"),
        ("a.go", "import \"github.com/acme/shop/internal/kafka\"\n"),
        ("b.go", "// see \"github.com/acme/kafka-consumer\"\n"),
        ("a.js", "// Kafka\nconst x = createConsumers(y)\n"),
        ("b.go", "// Kafka\nm{\"segment_bytes\": 1, \"topic_name\": 2, \"a_b\": 3, \"c_d\": 4}\n"),
    ] {
        assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
    }
}
