package kafkaupgrade;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Configuration definitions of every component, as the release's own {@code ConfigDef} objects hold them. */
final class Configs {
    /** Where a component's definitions are: artifact, then classes in the order in which to try them. */
    private record Source(String component, String artifact, String... classes) {}

    private static final List<Source> SOURCES = List.of(
        new Source("admin", "kafka-clients", "org.apache.kafka.clients.admin.AdminClientConfig"),
        new Source("broker", "kafka", "org.apache.kafka.server.config.AbstractKafkaConfig", "kafka.server.KafkaConfig$", "kafka.server.KafkaConfig"),
        new Source("client-metrics", "kafka", "org.apache.kafka.server.metrics.ClientMetricsConfigs"),
        new Source("connect-distributed", "connect-runtime", "org.apache.kafka.connect.runtime.distributed.DistributedConfig"),
        new Source("connect-standalone", "connect-runtime", "org.apache.kafka.connect.runtime.standalone.StandaloneConfig"),
        new Source("connector-sink", "connect-runtime", "org.apache.kafka.connect.runtime.SinkConnectorConfig"),
        new Source("connector-source", "connect-runtime", "org.apache.kafka.connect.runtime.SourceConnectorConfig"),
        new Source("consumer", "kafka-clients", "org.apache.kafka.clients.consumer.ConsumerConfig"),
        new Source("group", "kafka", "org.apache.kafka.coordinator.group.GroupConfig"),
        new Source("json-converter", "connect-json", "org.apache.kafka.connect.json.JsonConverterConfig"),
        new Source("mm2", "connect-mirror", "org.apache.kafka.connect.mirror.MirrorMakerConfig"),
        new Source("mm2-checkpoint", "connect-mirror", "org.apache.kafka.connect.mirror.MirrorCheckpointConfig", "org.apache.kafka.connect.mirror.MirrorConnectorConfig"),
        new Source("mm2-client", "connect-mirror-client", "org.apache.kafka.connect.mirror.MirrorClientConfig"),
        new Source("mm2-heartbeat", "connect-mirror", "org.apache.kafka.connect.mirror.MirrorHeartbeatConfig", "org.apache.kafka.connect.mirror.MirrorConnectorConfig"),
        new Source("mm2-source", "connect-mirror", "org.apache.kafka.connect.mirror.MirrorSourceConfig", "org.apache.kafka.connect.mirror.MirrorConnectorConfig"),
        new Source("producer", "kafka-clients", "org.apache.kafka.clients.producer.ProducerConfig"),
        new Source("remote-log-metadata", "kafka-storage", "org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManagerConfig"),
        new Source("streams", "kafka-streams", "org.apache.kafka.streams.StreamsConfig"),
        new Source("topic", "kafka", "org.apache.kafka.storage.internals.log.LogConfig", "kafka.log.LogConfig$", "kafka.log.LogConfig"));

    /** Names of static fields that hold a ConfigDef, the most complete first. */
    private static final String[] FIELDS = {
        "CONFIG_DEF", "CONNECTOR_CONFIG_DEF", "CONFIG", "configDef", "kafka$server$KafkaConfig$$configDef", "kafka$log$LogConfig$$configDef"
    };
    /** What a documentation says of its own key; "it is deprecated" is said of an option that the key replaces. */
    private static final Pattern SAYS_DEPRECATED = Pattern.compile(
        "^\\W*deprecated\\b|(config|configuration|property|setting|option|parameter) (is|has been) (now )?deprecated|DEPRECATED|(?<!but it )\\bis deprecated (and|since|in favor|in Apache|from|as of)", 0);

    private Configs() {}

    /** Definitions of each component that this release has: by component, then by key in the order in which it defines them. */
    static Map<String, Map<String, Map<String, Object>>> of(Map<String, Jars> jars) throws Exception {
        Map<String, Map<String, Map<String, Object>>> components = new TreeMap<>();
        for (Source source : SOURCES) {
            Jars artifact = jars.get(source.artifact);
            if (artifact == null) continue;
            for (String name : source.classes) {
                Class<?> owner = artifact.find(name);
                Object definitions = owner == null ? null : configDef(owner);
                if (definitions == null) continue;
                Set<String> deprecated = Deprecations.of(artifact, owner, source.component.equals("broker"));
                Map<String, Map<String, Object>> keys = keys(definitions, deprecated, source.component);
                if (source.component.equals("broker")) addUpdateModes(artifact, keys);
                components.put(source.component, keys);
                break;
            }
        }
        if (jars.containsKey("connect-transforms")) transforms(jars.get("connect-transforms"), components);
        return components;
    }

    static Object configDef(Class<?> owner) throws Exception {
        Object found = Jars.call(owner, "configDef");
        if (!isConfigDef(found)) found = Jars.field(owner, FIELDS);
        if (!isConfigDef(found)) found = Jars.call(owner, "config");
        return isConfigDef(found) ? found : withCrypto(owner);
    }

    private static boolean isConfigDef(Object object) {
        return object != null && superclassNamed(object.getClass(), "org.apache.kafka.common.config.ConfigDef");
    }

    private static boolean superclassNamed(Class<?> type, String name) {
        for (; type != null; type = type.getSuperclass()) if (type.getName().equals(name)) return true;
        return false;
    }

    /** Newer distributed workers build their definitions from what the JDK's cryptography offers. */
    private static Object withCrypto(Class<?> owner) throws Exception {
        for (var method : owner.getDeclaredMethods()) {
            if (!method.getName().equals("config") || method.getParameterCount() != 1) continue;
            method.setAccessible(true);
            Object system = Jars.field(method.getParameterTypes()[0], "SYSTEM");
            return method.invoke(null, system);
        }
        return null;
    }

    private static void transforms(Jars jars, Map<String, Map<String, Map<String, Object>>> components) throws Exception {
        try (JarFile jar = new JarFile(jars.own)) {
            for (var entries = jar.entries(); entries.hasMoreElements();) {
                String entry = entries.nextElement().getName();
                if (!entry.matches("org/apache/kafka/connect/transforms/(predicates/)?\\w+\\.class")) continue;
                Class<?> owner = jars.find(entry.substring(0, entry.length() - 6).replace('/', '.'));
                if (owner == null) continue;
                Object definitions = Jars.field(owner, "CONFIG_DEF");
                if (!isConfigDef(definitions)) continue;
                String component = (entry.contains("/predicates/") ? "smt.predicates." : "smt.") + owner.getSimpleName();
                components.put(component, keys(definitions, Set.of(), component));
            }
        }
    }

    private static Map<String, Map<String, Object>> keys(Object definitions, Set<String> deprecated, String component) throws Exception {
        Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
        Map<?, ?> all = (Map<?, ?>) Jars.get(definitions, "configKeys");
        for (Map.Entry<?, ?> entry : all.entrySet()) {
            keys.put((String) entry.getKey(), key(entry.getValue(), deprecated, definitions.getClass(), component));
        }
        return keys;
    }

    private static Map<String, Object> key(Object key, Set<String> deprecated, Class<?> configDef, String component) throws Exception {
        Map<String, Object> facts = new LinkedHashMap<>();
        String name = (String) Jars.get(key, "name");
        Object type = Jars.get(key, "type");
        facts.put("type", type.toString().toLowerCase(java.util.Locale.ROOT));
        Object value = Jars.get(key, "defaultValue");
        if (value == null) facts.put("default", null);
        else if (value.getClass() != Object.class) facts.put("default", onAnyMachine(name, text(value), facts));
        Object validator = Jars.get(key, "validator");
        if (validator != null) facts.put("validator", Validators.of(validator, component, name));
        facts.put("importance", Jars.get(key, "importance").toString().toLowerCase(java.util.Locale.ROOT));
        String documentation = (String) Jars.get(key, "documentation");
        if (deprecated.contains(name) || (documentation != null && SAYS_DEPRECATED.matcher(documentation).find() && !name.equals("message.timestamp.type"))) {
            facts.put("deprecated", true);
        }
        if (Boolean.TRUE.equals(Jars.get(key, "internalConfig"))) facts.put("internal", true);
        return facts;
    }

    /** Defaults that Kafka asks the machine for, in a form that is the same wherever they are read, and marked so. */
    private static String onAnyMachine(String name, String value, Map<String, Object> facts) {
        switch (name) {
            case "ssl.protocol", "ssl.enabled.protocols" -> facts.put("machine", "jdk");
            case "state.dir" -> {
                facts.put("machine", "tmpdir");
                return "/tmp" + value.substring(value.lastIndexOf('/'));
            }
            default -> { }
        }
        return value;
    }

    /** A default as one would write it in a file. */
    static String text(Object value) throws Exception {
        if (value instanceof Class<?> type) return type.getName();
        if (value instanceof Collection<?> list) {
            List<String> items = new ArrayList<>();
            for (Object item : list) items.add(text(item));
            return String.join(",", items);
        }
        if (value.getClass().getSimpleName().equals("Password")) return (String) Jars.get(value, "value");
        if (value instanceof File file) return file.getPath();
        return value.toString();
    }

    private static void addUpdateModes(Jars jars, Map<String, Map<String, Object>> keys) throws Exception {
        for (String name : List.of("kafka.server.DynamicBrokerConfig$", "kafka.server.DynamicBrokerConfig", "org.apache.kafka.server.config.DynamicBrokerConfig")) {
            Class<?> owner = jars.find(name);
            Object modes = owner == null ? null : Jars.call(owner, "dynamicConfigUpdateModes");
            if (modes == null) continue;
            for (Map.Entry<?, ?> mode : ((Map<?, ?>) modes).entrySet()) {
                Map<String, Object> facts = keys.get(mode.getKey().toString());
                if (facts != null) facts.put("dynamic", mode.getValue().toString());
            }
            return;
        }
    }
}
