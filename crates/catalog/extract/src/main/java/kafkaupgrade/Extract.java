package kafkaupgrade;

import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/**
 * Writes what one release says of itself as JSON to standard output: one key, class or API a line, sorted.
 *
 * <p>Arguments: the release, its date ({@code -} where it is not known), its Scala versions joined with commas,
 * then for each artifact {@code NAME=RELEASE=FILE}, where FILE holds the class path of that artifact. RELEASE differs from the
 * release where a neighbour's artifact stands in for one that is not published.
 */
public final class Extract {
    private Extract() {}

    public static void main(String[] arguments) throws Exception {
        String release = arguments[0];
        Map<String, Jars> jars = new TreeMap<>();
        for (int at = 3; at < arguments.length; at++) {
            String[] parts = arguments[at].split("=", 3);
            jars.put(parts[0], new Jars(parts[0], parts[1], Files.readString(Path.of(parts[2]))));
        }
        List<String> members = new ArrayList<>();
        members.add("\"release\": " + Json.of(release));
        members.add("\"date\": " + Json.of(arguments[1].equals("-") ? null : arguments[1]));
        members.add("\"java\": " + Json.of(java(jars)));
        members.add("\"scala\": " + Json.of(List.of(arguments[2].split(","))));
        Map<String, Object> artifacts = new TreeMap<>();
        for (Jars each : jars.values()) artifacts.put(each.artifact, each.release);
        members.add("\"artifacts\": " + object(artifacts));
        List<String> components = new ArrayList<>();
        Map<String, Object> orders = new TreeMap<>();
        for (var component : Configs.of(jars).entrySet()) {
            Map<String, ?> sorted = new TreeMap<>(component.getValue());
            components.add(Json.of(component.getKey()) + ": " + object(sorted));
            orders.put(component.getKey(), order(component.getValue().keySet(), sorted.keySet()));
        }
        members.add("\"configs\": {\n" + String.join(",\n", components) + "\n}");
        members.add("\"order\": " + object(orders));
        members.add("\"apis\": " + array(Protocol.apis(jars.get("kafka-clients"))));
        members.add("\"metadata_versions\": " + array(Protocol.metadataVersions(jars.get("kafka"))));
        members.add("\"features\": " + array(Protocol.features(jars.get("kafka"))));
        var classes = PublicApi.of(jars);
        members.add("\"classes\": " + object(classes));
        members.add("\"above\": " + object(Behind.above(jars, classes)));
        members.add("\"packages\": " + object(Behind.packages(release, jars)));
        System.out.write(("{\n" + String.join(",\n", members) + "\n}\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        System.out.flush();
        System.exit(0); // some releases start threads when their classes are read
    }

    /** The order in which the keys are defined, which is the one in which they are read: each by its place among the sorted ones. */
    private static List<Integer> order(Collection<String> defined, Collection<String> sorted) {
        List<String> places = new ArrayList<>(sorted);
        List<Integer> order = new ArrayList<>();
        for (String key : defined) order.add(Collections.binarySearch(places, key));
        return order;
    }

    private static String object(Map<String, ?> map) {
        List<String> lines = new ArrayList<>();
        for (var entry : map.entrySet()) lines.add(Json.of(entry.getKey()) + ": " + Json.of(entry.getValue()));
        return lines.isEmpty() ? "{}" : "{\n" + String.join(",\n", lines) + "\n}";
    }

    private static String array(List<?> list) {
        List<String> lines = new ArrayList<>();
        for (Object item : list) lines.add(Json.of(item));
        return lines.isEmpty() ? "[]" : "[\n" + String.join(",\n", lines) + "\n]";
    }

    /** The oldest Java that can load each part: from the version of its class files. */
    private static Map<String, Object> java(Map<String, Jars> jars) throws Exception {
        Map<String, Object> java = new LinkedHashMap<>();
        java.put("broker", classFileJava(jars.get("kafka"), "kafka/Kafka.class"));
        java.put("clients", classFileJava(jars.get("kafka-clients"), "org/apache/kafka/clients/producer/KafkaProducer.class"));
        if (jars.containsKey("connect-runtime")) java.put("connect", classFileJava(jars.get("connect-runtime"), "org/apache/kafka/connect/runtime/Worker.class"));
        if (jars.containsKey("kafka-streams")) java.put("streams", classFileJava(jars.get("kafka-streams"), "org/apache/kafka/streams/KafkaStreams.class"));
        if (jars.containsKey("kafka-tools")) java.put("tools", toolsJava(jars.get("kafka-tools")));
        return java;
    }

    private static int toolsJava(Jars tools) throws Exception {
        return classFileJava(tools, "org/apache/kafka/tools/ProducerPerformance.class");
    }

    private static int classFileJava(Jars jars, String entry) throws Exception {
        try (JarFile jar = new JarFile(jars.own); DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(entry)))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort() - 44;
        }
    }
}
