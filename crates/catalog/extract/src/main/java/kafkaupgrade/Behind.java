package kafkaupgrade;

import java.io.File;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** What stands behind the public API: the classes that there are at all, and those above public ones. */
final class Behind {
    private Behind() {}

    /**
     * Every public top-level class by its package, simple names with a blank between; one that cannot be linked counts
     * as public. Of jars that stand in for what is not published only the artifact's own counts, as the rest of their
     * class paths is of another release.
     */
    static Map<String, String> packages(String release, Map<String, Jars> jars) throws Exception {
        Map<File, Jars> files = new LinkedHashMap<>();
        for (Jars each : jars.values()) {
            files.putIfAbsent(each.own, each);
            if (!each.release.equals(release)) continue;
            for (File jar : each.all) if (jar.getName().endsWith("-" + release + ".jar")) files.putIfAbsent(jar, each);
        }
        Map<String, Set<String>> packages = new TreeMap<>();
        for (var file : files.entrySet()) {
            try (JarFile jar = new JarFile(file.getKey())) {
                for (var entries = jar.entries(); entries.hasMoreElements();) {
                    String entry = entries.nextElement().getName();
                    int slash = entry.lastIndexOf('/');
                    boolean ours = entry.startsWith("org/apache/kafka/") || entry.startsWith("kafka/");
                    if (!ours || !entry.endsWith(".class") || entry.contains("/shaded/") || entry.indexOf('$') > 0) continue;
                    String simple = entry.substring(slash + 1, entry.length() - 6);
                    if (simple.contains("-")) continue;
                    Class<?> type = file.getValue().find(entry.substring(0, entry.length() - 6).replace('/', '.'));
                    if (type != null && !Modifier.isPublic(type.getModifiers())) continue;
                    packages.computeIfAbsent(entry.substring(0, slash).replace('/', '.'), name -> new TreeSet<>()).add(simple);
                }
            }
        }
        Map<String, String> lines = new TreeMap<>();
        packages.forEach((name, simple) -> lines.put(name, String.join(" ", simple)));
        return lines;
    }

    /** Kafka's own classes above public ones that are not public themselves, with what they hand down. */
    static Map<String, Map<String, Object>> above(Map<String, Jars> jars, Map<String, Map<String, Object>> classes) {
        Map<String, Map<String, Object>> above = new TreeMap<>();
        for (var entry : classes.entrySet()) {
            if (!entry.getValue().containsKey("members")) continue;
            Class<?> type = jars.get((String) entry.getValue().get("in")).find(entry.getKey());
            if (type != null) follow(type, classes, above);
        }
        return above;
    }

    private static void follow(Class<?> type, Map<String, Map<String, Object>> classes, Map<String, Map<String, Object>> above) {
        Set<Class<?>> direct = new LinkedHashSet<>(Set.of(type.getInterfaces()));
        if (type.getSuperclass() != null) direct.add(type.getSuperclass());
        for (Class<?> each : direct) {
            String name = each.getName();
            boolean ours = name.startsWith("org.apache.kafka.") || name.startsWith("kafka.");
            if (!ours || classes.containsKey(name) || above.containsKey(name)) continue;
            Map<String, Object> facts = new LinkedHashMap<>();
            PublicApi.supertypes(each, facts);
            facts.put("members", PublicApi.members(each));
            above.put(name, facts);
            follow(each, classes, above);
        }
    }
}
