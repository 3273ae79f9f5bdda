package kafkaupgrade;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Each component's own validation, as its start (for topics and groups: their creation) runs it. */
final class Validations {
    /** This release cannot be asked about the component. */
    static final class NotAsked extends Exception {
        NotAsked(String why) {
            super(why);
        }
    }

    private static final String STRINGS = "org.apache.kafka.common.serialization.String";
    private final Map<String, Jars> jars;
    private final Map<String, Object> cached = new HashMap<>();

    Validations(Map<String, Jars> jars) {
        this.jars = jars;
    }

    /** Returns when the release takes the properties, throws what it throws when it does not. */
    void validate(String component, Map<String, String> given) throws Exception {
        Map<String, String> properties = new LinkedHashMap<>(given);
        switch (component) {
            case "broker" -> callStatic(type("kafka", "kafka.server.KafkaConfig"), "fromProps", asProperties(properties), false);
            case "topic" -> topic(properties);
            case "group" -> group(properties);
            case "client-metrics" -> callStatic(type("kafka", "org.apache.kafka.server.metrics.ClientMetricsConfigs"), "validate", "subscription", asProperties(properties));
            case "producer" -> {
                client(properties);
                properties.putIfAbsent("key.serializer", STRINGS + "Serializer");
                properties.putIfAbsent("value.serializer", STRINGS + "Serializer");
                Object config = make(type("kafka-clients", "org.apache.kafka.clients.producer.ProducerConfig"), asProperties(properties));
                start(config);
            }
            case "consumer" -> {
                client(properties);
                properties.putIfAbsent("key.deserializer", STRINGS + "Deserializer");
                properties.putIfAbsent("value.deserializer", STRINGS + "Deserializer");
                Class<?> consumer = type("kafka-clients", "org.apache.kafka.clients.consumer.ConsumerConfig");
                Object config = make(consumer, asProperties(properties));
                // To 3.6 the consumer asks for it when it starts; later its configuration does by itself.
                if (has(consumer, "maybeOverrideEnableAutoCommit", 0)) call(consumer, config, "maybeOverrideEnableAutoCommit");
            }
            case "admin" -> {
                client(properties);
                make(type("kafka-clients", "org.apache.kafka.clients.admin.AdminClientConfig"), properties);
            }
            case "streams" -> {
                client(properties);
                properties.putIfAbsent("application.id", "application");
                make(type("kafka-streams", "org.apache.kafka.streams.StreamsConfig"), properties);
            }
            case "connect-distributed" -> make(type("connect-runtime", "org.apache.kafka.connect.runtime.distributed.DistributedConfig"), properties);
            case "connect-standalone" -> make(type("connect-runtime", "org.apache.kafka.connect.runtime.standalone.StandaloneConfig"), properties);
            case "connector-source" -> make(type("connect-runtime", "org.apache.kafka.connect.runtime.SourceConnectorConfig"), plugins(), properties, false);
            case "connector-sink" -> {
                Class<?> sink = type("connect-runtime", "org.apache.kafka.connect.runtime.SinkConnectorConfig");
                make(sink, plugins(), properties);
                callStatic(sink, "validate", properties);
            }
            case "mm2" -> mirrorMaker(properties);
            case "mm2-source" -> make(flow("Source"), properties);
            case "mm2-checkpoint" -> make(flow("Checkpoint"), properties);
            case "mm2-heartbeat" -> make(flow("Heartbeat"), properties);
            case "mm2-client" -> {
                Class<?> client = type("connect-mirror-client", "org.apache.kafka.connect.mirror.MirrorClientConfig");
                call(client, make(client, properties), "replicationPolicy"); // as MirrorClient does before it opens anything
            }
            case "json-converter" -> {
                properties.putIfAbsent("converter.type", "value");
                make(type("connect-json", "org.apache.kafka.connect.json.JsonConverterConfig"), properties);
            }
            default -> definitionsOnly(component, properties);
        }
    }

    /** What the producer asks when it starts and its configuration alone does not: its timeouts, to 3.1 its requests in flight. */
    private void start(Object config) throws Exception {
        Class<?> producer = type("kafka-clients", "org.apache.kafka.clients.producer.KafkaProducer");
        Object log = callStatic(type("kafka-clients", "org.slf4j.LoggerFactory"), "getLogger", "producer");
        if (has(producer, "configureInflightRequests", 1)) callStatic(producer, "configureInflightRequests", config);
        callStatic(producer, "configureDeliveryTimeout", config, log);
    }

    private static void client(Map<String, String> properties) {
        properties.putIfAbsent("bootstrap.servers", "localhost:9092");
    }

    private void topic(Map<String, String> properties) throws Exception {
        Class<?> type = type("kafka", "org.apache.kafka.storage.internals.log.LogConfig", "kafka.log.LogConfig");
        for (Method method : type.getMethods()) {
            if (!method.getName().equals("validate") || method.getParameterCount() != 1) continue;
            method.invoke(null, method.getParameterTypes()[0] == Properties.class ? asProperties(properties) : properties);
            return;
        }
        throw new NotAsked("LogConfig.validate with one parameter");
    }

    /** Group configurations are held against the broker's own bounds; here against its defaults. */
    private void group(Map<String, String> properties) throws Exception {
        Class<?> type = type("kafka", "org.apache.kafka.coordinator.group.GroupConfig");
        Object broker = cached.get("broker");
        if (broker == null) {
            Map<String, String> minimal = Map.of("process.roles", "broker", "node.id", "1", "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "2@localhost:9093", "listeners", "PLAINTEXT://localhost:9092",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
            broker = callStatic(type("kafka", "kafka.server.KafkaConfig"), "fromProps", asProperties(minimal), false);
            cached.put("broker", broker);
        }
        for (Method method : type.getMethods()) {
            if (!method.getName().equals("validate") || !Modifier.isStatic(method.getModifiers())) continue;
            List<Object> arguments = new ArrayList<>();
            for (Class<?> parameter : method.getParameterTypes()) {
                if (parameter == Properties.class) arguments.add(asProperties(properties));
                else if (parameter == Map.class) arguments.add(properties);
                else arguments.add(part(broker, parameter));
            }
            method.invoke(null, arguments.toArray());
            return;
        }
        throw new NotAsked("GroupConfig.validate");
    }

    private static Object part(Object broker, Class<?> type) throws Exception {
        if (type.isInstance(broker)) return broker;
        for (Method method : broker.getClass().getMethods()) {
            if (method.getParameterCount() == 0 && method.getReturnType() == type) return method.invoke(broker);
        }
        throw new NotAsked("no " + type.getName() + " in KafkaConfig");
    }

    private void mirrorMaker(Map<String, String> properties) throws Exception {
        // Every way of finding plugins is as valid as the next, and the others scan every class at each check.
        if (properties.getOrDefault("plugin.discovery", "hybrid_warn").matches("(?i)only_scan|hybrid_(warn|fail)")) {
            properties.put("plugin.discovery", "service_load");
        }
        Class<?> type = type("connect-mirror", "org.apache.kafka.connect.mirror.MirrorMakerConfig");
        Object config = make(type, properties);
        Class<?> worker = type("connect-mirror", "org.apache.kafka.connect.runtime.distributed.DistributedConfig");
        for (Object flow : (List<?>) Jars.get(config, "clusterPairs")) {
            make(worker, call(type, config, "workerConfig", flow));
            for (String connector : List.of("Source", "Heartbeat", "Checkpoint")) {
                Class<?> owner = type("connect-mirror", "org.apache.kafka.connect.mirror.Mirror" + connector + "Connector");
                Object base = call(type, config, "connectorBaseConfig", flow, owner);
                make(flow(connector), base);
            }
        }
    }

    /** The worker's plugins, found through service files: scanning every class takes half a second. */
    private Object plugins() throws Exception {
        Object plugins = cached.get("plugins");
        if (plugins == null) {
            plugins = make(type("connect-runtime", "org.apache.kafka.connect.runtime.isolation.Plugins"), Map.of("plugin.discovery", "service_load"));
            cached.put("plugins", plugins);
        }
        return plugins;
    }

    /** Components that are only ever read through their ConfigDef. */
    private void definitionsOnly(String component, Map<String, String> properties) throws Exception {
        Class<?> owner = component.startsWith("smt.")
            ? type("connect-transforms", "org.apache.kafka.connect.transforms." + component.substring(4))
            : type("kafka-storage", "org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManagerConfig");
        Object definitions = Configs.configDef(owner);
        if (definitions == null) throw new NotAsked("no ConfigDef in " + owner.getName());
        call(definitions.getClass(), definitions, "parse", properties);
    }

    /** The configuration of one of MirrorMaker's connectors; before 3.5 all of them have the same. */
    private Class<?> flow(String connector) throws NotAsked {
        String start = "org.apache.kafka.connect.mirror.Mirror";
        return type("connect-mirror", start + connector + "Config", start + "ConnectorConfig");
    }

    /** The first of the classes that the release has. */
    private Class<?> type(String artifact, String... names) throws NotAsked {
        Jars found = jars.get(artifact);
        for (String name : names) {
            Class<?> type = found == null ? null : found.find(name);
            if (type != null) return type;
        }
        throw new NotAsked("no " + names[0]);
    }

    private static Properties asProperties(Map<String, String> map) {
        Properties properties = new Properties();
        properties.putAll(map);
        return properties;
    }

    /** A new object by the first constructor that takes the arguments. */
    private static Object make(Class<?> type, Object... arguments) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (!takes(constructor.getParameterTypes(), arguments)) continue;
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        }
        throw new NotAsked("no constructor of " + type.getName() + " takes " + arguments.length + " arguments of these types");
    }

    private static Object callStatic(Class<?> type, String name, Object... arguments) throws Exception {
        return call(type, null, name, arguments);
    }

    private static Object call(Class<?> type, Object on, String name, Object... arguments) throws Exception {
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            for (Method method : owner.getDeclaredMethods()) {
                if (!method.getName().equals(name) || !takes(method.getParameterTypes(), arguments)) continue;
                if (on == null && !Modifier.isStatic(method.getModifiers())) continue;
                method.setAccessible(true);
                return method.invoke(on, arguments);
            }
        }
        throw new NotAsked("no method " + name + " of " + type.getName());
    }

    private static boolean has(Class<?> type, String name, int parameters) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == parameters) return true;
        }
        return false;
    }

    private static boolean takes(Class<?>[] parameters, Object[] arguments) {
        if (parameters.length != arguments.length) return false;
        for (int at = 0; at < arguments.length; at++) {
            Class<?> parameter = parameters[at] == boolean.class ? Boolean.class : parameters[at];
            if (!parameter.isInstance(arguments[at])) return false;
        }
        return true;
    }
}
