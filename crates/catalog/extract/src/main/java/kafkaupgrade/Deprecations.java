package kafkaupgrade;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** Keys whose constant is marked as deprecated: by Java's annotation, or by what Scala writes in its place. */
final class Deprecations {
    private Deprecations() {}

    /** Deprecated keys of a class of configurations, and for brokers those of all classes that make them up. */
    static Set<String> of(Jars jars, Class<?> owner, boolean broker) throws Exception {
        Set<String> keys = new TreeSet<>();
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) constants(type, keys);
        if (!broker) return keys;
        for (File file : jars.all) {
            if (!file.getName().matches("kafka-(server|server-common|storage|storage-api|raft|metadata|(\\w+-)?coordinator)-[0-9.]+\\.jar")) continue;
            try (JarFile jar = new JarFile(file)) {
                for (var entries = jar.entries(); entries.hasMoreElements();) {
                    String entry = entries.nextElement().getName();
                    if (!entry.matches("org/apache/kafka/.*/\\w+Configs?\\.class")) continue;
                    Class<?> type = jars.find(entry.substring(0, entry.length() - 6).replace('/', '.'));
                    if (type != null) constants(type, keys);
                }
            }
        }
        scala(jars, "kafka.server.KafkaConfig$", keys);
        return keys;
    }

    private static void constants(Class<?> type, Set<String> keys) throws Exception {
        try {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) || field.getType() != String.class || !field.isAnnotationPresent(Deprecated.class)) continue;
                if (!field.getName().endsWith("_CONFIG")) continue;
                field.setAccessible(true);
                keys.add((String) field.get(null));
            }
        } catch (LinkageError incomplete) {
            // a class that needs what its artifact does not bring defines no key of this release's brokers
        }
    }

    /** Values of the methods {@code …Prop} of a Scala object to which the compiler has given the attribute Deprecated. */
    private static void scala(Jars jars, String name, Set<String> keys) throws Exception {
        Class<?> owner = jars.find(name);
        if (owner == null) return;
        try (JarFile jar = new JarFile(jars.own); DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name.replace('.', '/') + ".class")))) {
            for (String method : deprecatedMethods(in)) {
                if (method.endsWith("Prop") && Jars.call(owner, method) instanceof String key) keys.add(key);
            }
        }
    }

    /** Reads a class file (chapter 4 of the Java Virtual Machine Specification) as far as its methods. */
    private static Set<String> deprecatedMethods(DataInputStream in) throws IOException {
        in.skipNBytes(8);
        String[] texts = new String[in.readUnsignedShort()];
        for (int at = 1; at < texts.length; at++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[at] = in.readUTF();
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    at++;
                }
                default -> in.skipNBytes(4);
            }
        }
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        members(in, texts);
        return members(in, texts);
    }

    /** Fields or methods: the names of those that are deprecated. */
    private static Set<String> members(DataInputStream in, String[] texts) throws IOException {
        Set<String> deprecated = new TreeSet<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            in.skipNBytes(2);
            String name = texts[in.readUnsignedShort()];
            in.skipNBytes(2);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                if ("Deprecated".equals(texts[in.readUnsignedShort()])) deprecated.add(name);
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
        }
        return deprecated;
    }
}
