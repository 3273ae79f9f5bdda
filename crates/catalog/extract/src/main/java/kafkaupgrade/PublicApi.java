package kafkaupgrade;

import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Classes and members that users compile against, or that their scripts name. */
final class PublicApi {
    /**
     * Artifact, jar of its class path, packages that are public, packages of those that are not, and whether members
     * are listed.
     */
    private record Part(String artifact, String jar, Pattern in, Pattern out, boolean members) {
        Part(String artifact, Pattern in, Pattern out, boolean members) {
            this(artifact, artifact, in, out, members);
        }

        /** Some classes of a jar that the artifact needs. */
        Part(String artifact, String jar, String in, boolean members) {
            this(artifact, jar, Pattern.compile(in), Pattern.compile("^$"), members);
        }
    }

    /** Classes of packages that are not public which configurations and scripts have always named. */
    private static final Set<String> NAMED = Set.of(
        "org.apache.kafka.clients.producer.internals.DefaultPartitioner");

    private static final Pattern NOT_PUBLIC = Pattern.compile(
        ".*(\\.internals?\\.|\\$\\$|\\.shaded\\.|\\.generated\\.|_jmhTest).*|.*\\$\\d+");

    private static final List<Part> PARTS = List.of(
        new Part("kafka-clients", Pattern.compile("org\\.apache\\.kafka\\.(clients|common|server)\\..*"), Pattern.compile(
            "org\\.apache\\.kafka\\.common\\.(message|protocol|network|record|memory|feature|telemetry|internals|compress|requests(?!\\.DescribeLogDirsResponse))\\b.*"
                + "|org\\.apache\\.kafka\\.common\\.utils\\.(?!(Bytes|Time|Timer|Utils|Exit|AppInfoParser)$).*|org\\.apache\\.kafka\\.clients\\.(?!CommonClientConfigs$)\\w+"), true),
        new Part("kafka-streams", Pattern.compile("org\\.apache\\.kafka\\.streams\\..*"), Pattern.compile("^$"), true),
        new Part("kafka-streams-scala", Pattern.compile("org\\.apache\\.kafka\\.streams\\.scala\\..*"), Pattern.compile(".*\\$$"), true),
        new Part("connect-api", Pattern.compile("org\\.apache\\.kafka\\.connect\\..*"), Pattern.compile("^$"), true),
        new Part("connect-json", Pattern.compile("org\\.apache\\.kafka\\.connect\\.json\\.Json\\w+"), Pattern.compile("^$"), true),
        new Part("connect-transforms", Pattern.compile("org\\.apache\\.kafka\\.connect\\.transforms\\..*"), Pattern.compile("org\\.apache\\.kafka\\.connect\\.transforms\\.util\\..*"), false),
        new Part("connect-mirror", Pattern.compile("org\\.apache\\.kafka\\.connect\\.mirror\\.\\w+"), Pattern.compile("^$"), false),
        new Part("connect-mirror-client", Pattern.compile("org\\.apache\\.kafka\\.connect\\.mirror\\.\\w+"), Pattern.compile("^$"), true),
        new Part("connect-runtime", Pattern.compile("org\\.apache\\.kafka\\.connect\\.(cli|converters|tools|rest|health|storage)\\.\\w+"), Pattern.compile("^$"), false),
        new Part("kafka-tools-api", Pattern.compile("org\\.apache\\.kafka\\.tools\\.api\\..*"), Pattern.compile("^$"), true),
        new Part("kafka-tools", Pattern.compile("org\\.apache\\.kafka\\.tools\\..*"), Pattern.compile("org\\.apache\\.kafka\\.tools\\.api\\..*"), false),
        new Part("kafka", Pattern.compile("kafka\\.(admin|tools|common|metrics|serializer|security\\.auth(orizer)?|consumer|utils|coordinator\\.(group|transaction))\\.\\w*"
            + "(Command|Tool|Formatter|Reader|Decoder|Encoder|Authorizer|Acl|MirrorMaker|Migrator|Checker|Jmx\\w*|Console\\w+|DumpLogSegments|EndToEndLatency|StateChangeLogMerger|StreamsResetter|Perf\\w+|GetOffsetShell|\\w*Reporter|KafkaPrincipal\\w*|StorageTool|ClusterTool|TestRaft\\w*|\\w*Authorizer\\w*)\\$?\\w*|kafka\\.(Kafka|docker\\.\\w+)"),
            Pattern.compile(".*\\$\\w*"), false),
        new Part("kafka", "kafka", "kafka\\.coordinator\\.\\w+\\.\\w+\\$\\w+MessageFormatter|kafka\\.tools\\.\\w+\\$\\w+MessageReader", false),
        new Part("kafka", "kafka-group-coordinator-api", "org\\.apache\\.kafka\\.coordinator\\.group\\.api\\..*", true),
        new Part("kafka", "kafka-metadata", "org\\.apache\\.kafka\\.metadata\\.authorizer\\.StandardAuthorizer", false),
        new Part("kafka", "kafka-storage-api", "org\\.apache\\.kafka\\.server\\.log\\.remote\\.storage\\..*", true),
        new Part("kafka-log4j-appender", "kafka-log4j-appender", "org\\.apache\\.kafka\\.log4jappender\\.KafkaLog4jAppender", false));

    private PublicApi() {}

    /** Every class, by name. */
    static Map<String, Map<String, Object>> of(Map<String, Jars> jars) throws Exception {
        Map<String, Map<String, Object>> classes = new TreeMap<>();
        for (Part part : PARTS) {
            Jars artifact = jars.get(part.artifact);
            if (artifact == null) continue;
            File file = part.jar.equals(part.artifact) ? artifact.own : artifact.jar(part.jar);
            if (file == null) continue;
            try (JarFile jar = new JarFile(file)) {
                for (var entries = jar.entries(); entries.hasMoreElements();) {
                    String entry = entries.nextElement().getName();
                    if (!entry.endsWith(".class") || entry.contains("module-info") || entry.startsWith("META-INF")) continue;
                    String name = entry.substring(0, entry.length() - 6).replace('/', '.');
                    boolean out = part.out.matcher(name).matches() || NOT_PUBLIC.matcher(name).matches();
                    if (!part.in.matcher(name).matches() || (out && !NAMED.contains(name))) continue;
                    Map<String, Object> facts = type(artifact, name, part);
                    // A class may need what its artifact leaves to its user; the broker brings it.
                    Jars broker = jars.get("kafka");
                    if (facts == null && broker.release.equals(artifact.release)) facts = type(broker, name, part);
                    if (facts == null) System.err.println("not linked: " + name);
                    else if (!facts.isEmpty()) classes.put(name, facts);
                }
            }
        }
        return classes;
    }

    /** Facts of a class; none when users cannot reach it, null when it cannot be linked. */
    private static Map<String, Object> type(Jars jars, String name, Part part) {
        Class<?> type = jars.find(name);
        if (type == null) return null;
        try {
            for (Class<?> outer = type; outer != null; outer = outer.getDeclaringClass()) {
                if (!visible(outer.getModifiers())) return Map.of();
            }
            if (type.isAnonymousClass() || type.isSynthetic()) return Map.of();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("in", part.artifact);
            facts.put("kind", type.isAnnotation() ? "annotation" : type.isInterface() ? "interface" : type.isEnum() ? "enum"
                : Modifier.isAbstract(type.getModifiers()) ? "abstract" : "class");
            supertypes(type, facts);
            if (deprecated(type.getAnnotations())) facts.put("deprecated", true);
            if (part.members) facts.put("members", members(type));
            return facts;
        } catch (LinkageError incomplete) {
            return null;
        }
    }

    /** Puts what a class extends and implements to its facts. */
    static void supertypes(Class<?> type, Map<String, Object> facts) {
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class && !type.isEnum()) facts.put("extends", type.getSuperclass().getName());
        List<String> interfaces = new ArrayList<>();
        for (Class<?> each : type.getInterfaces()) interfaces.add(each.getName());
        interfaces.sort(null);
        if (!interfaces.isEmpty()) facts.put("implements", interfaces);
    }

    /** Public and protected members of a class, as {@code method poll(long) RETURNED FLAGS}. */
    static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            if (visible(each.getModifiers()) && !each.isSynthetic()) members.add("new " + parameters(each) + flags(each.getModifiers(), each.getAnnotations()));
        }
        for (Method each : type.getDeclaredMethods()) {
            if (!visible(each.getModifiers()) || each.isSynthetic() || each.isBridge() || each.getName().contains("$")) continue;
            members.add("method " + each.getName() + parameters(each) + " " + name(each.getReturnType()) + flags(each.getModifiers(), each.getAnnotations()));
        }
        for (Field each : type.getDeclaredFields()) {
            if (!visible(each.getModifiers()) || each.isSynthetic()) continue;
            members.add("field " + each.getName() + " " + name(each.getType()) + flags(each.getModifiers(), each.getAnnotations()));
        }
        members.sort(null);
        return members;
    }

    private static String parameters(Executable each) {
        List<String> types = new ArrayList<>();
        for (Class<?> parameter : each.getParameterTypes()) types.add(name(parameter));
        if (each.isVarArgs()) types.set(types.size() - 1, types.get(types.size() - 1).replaceAll("\\[\\]$", "..."));
        return "(" + String.join(",", types) + ")";
    }

    private static String name(Class<?> type) {
        return type.isArray() ? name(type.getComponentType()) + "[]" : type.getName();
    }

    private static String flags(int modifiers, Annotation[] annotations) {
        return (Modifier.isStatic(modifiers) ? " static" : "") + (Modifier.isAbstract(modifiers) ? " abstract" : "")
            + (Modifier.isProtected(modifiers) ? " protected" : "") + (deprecated(annotations) ? " deprecated" : "");
    }

    private static boolean deprecated(Annotation[] annotations) {
        for (Annotation each : annotations) if (each.annotationType() == Deprecated.class) return true;
        return false;
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
