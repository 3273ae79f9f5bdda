package kafkaupgrade;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tools of a release and the options that each says it takes: {@code Tools NAME=RELEASE=FILE...} runs
 * every tool's class with {@code --help}, in this process and with its exit caught, and prints
 * {@code tool,option,d} lines; {@code d} is 1 for an option that the help calls deprecated. A line with an empty
 * option is the tool itself. What a help does not print is not told.
 */
@SuppressWarnings("removal")
public final class Tools {
    /** Scripts with the simple names, or the full name, of the classes that they start. */
    private static final String[][] TOOLS = {
        {"connect-mirror-maker", "org.apache.kafka.connect.mirror.MirrorMaker"},
        {"connect-plugin-path", "ConnectPluginPath"},
        {"kafka-acls", "AclCommand"},
        {"kafka-broker-api-versions", "BrokerApiVersionsCommand"},
        {"kafka-client-metrics", "ClientMetricsCommand"},
        {"kafka-cluster", "ClusterTool"},
        {"kafka-configs", "ConfigCommand"},
        {"kafka-console-consumer", "ConsoleConsumer"},
        {"kafka-console-producer", "ConsoleProducer"},
        {"kafka-console-share-consumer", "ConsoleShareConsumer"},
        {"kafka-consumer-groups", "ConsumerGroupCommand"},
        {"kafka-consumer-perf-test", "ConsumerPerformance"},
        {"kafka-delegation-tokens", "DelegationTokenCommand"},
        {"kafka-delete-records", "DeleteRecordsCommand"},
        {"kafka-dump-log", "DumpLogSegments"},
        {"kafka-e2e-latency", "EndToEndLatency"},
        {"kafka-features", "FeatureCommand"},
        {"kafka-get-offsets", "GetOffsetShell"},
        {"kafka-groups", "GroupsCommand"},
        {"kafka-jmx", "JmxTool"},
        {"kafka-leader-election", "LeaderElectionCommand"},
        {"kafka-log-dirs", "LogDirsCommand"},
        {"kafka-metadata-quorum", "MetadataQuorumCommand"},
        {"kafka-mirror-maker", "kafka.tools.MirrorMaker"},
        {"kafka-preferred-replica-election", "PreferredReplicaLeaderElectionCommand"},
        {"kafka-producer-perf-test", "ProducerPerformance"},
        {"kafka-reassign-partitions", "ReassignPartitionsCommand"},
        {"kafka-replica-verification", "ReplicaVerificationTool"},
        {"kafka-server-start", "kafka.Kafka"},
        {"kafka-share-consumer-perf-test", "ShareConsumerPerformance"},
        {"kafka-share-groups", "ShareGroupCommand"},
        {"kafka-storage", "StorageTool"},
        {"kafka-streams-application-reset", "StreamsResetter"},
        {"kafka-streams-groups", "StreamsGroupCommand"},
        {"kafka-topics", "TopicCommand"},
        {"kafka-transactions", "TransactionsCommand"},
        {"kafka-verifiable-consumer", "VerifiableConsumer"},
        {"kafka-verifiable-producer", "VerifiableProducer"},
        {"kafka-verifiable-share-consumer", "VerifiableShareConsumer"},
        {"zookeeper-security-migration", "kafka.admin.ZkSecurityMigrator"},
    };

    private static final String[] PACKAGES = {
        "org.apache.kafka.tools.", "org.apache.kafka.tools.consumer.", "org.apache.kafka.tools.consumer.group.",
        "org.apache.kafka.tools.reassign.", "org.apache.kafka.tools.streams.", "kafka.admin.", "kafka.tools.",
    };

    private static final Pattern OPTION = Pattern.compile("^ {0,2}(?:\\* )?(-[^ ].*)$");
    private static final Pattern NAME = Pattern.compile("^(--?[A-Za-z][A-Za-z0-9.-]*)(?:[ =][<\\[A-Z][^,]*)?(?:, (?=-)|$|  )");

    public static void main(String[] arguments) throws Exception {
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkExit(int status) {
                throw new SecurityException("exit");
            }

            @Override
            public void checkPermission(java.security.Permission permission) {
            }
        });
        PrintStream out = System.out;
        // One loader an artifact: what a neighbour lends must not meet classes of this release.
        List<ClassLoader> loaders = new ArrayList<>();
        for (String argument : arguments) {
            List<URL> jars = new ArrayList<>();
            String file = argument.substring(argument.lastIndexOf('=') + 1);
            for (String jar : Files.readString(Path.of(file)).trim().split(File.pathSeparator)) {
                jars.add(new File(jar).toURI().toURL());
            }
            ClassLoader loader = new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
            loaders.add(argument.startsWith("kafka-tools=") ? 0 : loaders.size(), loader);
        }
        StringBuilder told = new StringBuilder();
        for (String[] tool : TOOLS) {
            Method start = start(loaders, tool[1]);
            if (start == null) {
                continue;
            }
            ClassLoader loader = start.getDeclaringClass().getClassLoader();
            Map<String, Boolean> options = new TreeMap<>();
            Set<String> below = new TreeSet<>();
            for (String[] given : new String[][] {{"--help"}, {}}) {
                below.addAll(read(run(loader, start, given), options));
                // Without `--help`, the early ones print their options when they are given nothing.
                if (options.size() > 2 || !below.isEmpty()) {
                    break;
                }
            }
            for (String command : below) {
                read(run(loader, start, new String[] {command, "--help"}), options);
            }
            told.append(tool[0]).append(",,0\n");
            options.forEach((option, deprecated) ->
                told.append(tool[0]).append(',').append(option).append(',').append(deprecated ? 1 : 0).append('\n'));
        }
        out.print(told);
        out.flush();
        Runtime.getRuntime().halt(halting());
    }

    /** Threads that a tool left must not keep this process. */
    private static int halting() {
        System.setSecurityManager(null);
        return 0;
    }

    private static Method start(List<ClassLoader> loaders, String name) {
        List<String> candidates = new ArrayList<>();
        if (name.contains(".")) {
            candidates.add(name);
        } else {
            for (String one : PACKAGES) {
                candidates.add(one + name);
            }
        }
        for (ClassLoader loader : loaders) {
            for (String candidate : candidates) {
                try {
                    return Class.forName(candidate, false, loader).getMethod("main", String[].class);
                } catch (ReflectiveOperationException | LinkageError absent) {
                    continue;
                }
            }
        }
        return null;
    }

    private static String run(ClassLoader loader, Method start, String[] given) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PrintStream out = System.out;
        PrintStream err = System.err;
        Thread thread = new Thread(() -> {
            try {
                start.invoke(null, (Object) given);
            } catch (Throwable ended) {
                // Its exit, or what it says of its arguments: what it printed before counts.
            }
        });
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        System.setOut(printed);
        System.setErr(printed);
        thread.start();
        thread.join(120_000); // a loaded machine needs its time, and what comes later would count for the next tool
        System.setOut(out);
        System.setErr(err);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Puts the options of a help into {@code options} and gives the commands that have helps of their own. */
    private static Set<String> read(String help, Map<String, Boolean> options) {
        Set<String> below = new TreeSet<>();
        List<String> names = List.of();
        StringBuilder about = new StringBuilder();
        int column = -1;
        for (String line : help.lines().toList()) {
            if (line.startsWith("Option") && line.contains("Description")) {
                column = line.indexOf("Description");
                continue;
            }
            String trimmed = line.trim();
            if (trimmed.startsWith("{") && trimmed.contains("}")) {
                for (String command : trimmed.substring(1, trimmed.indexOf('}')).split(",")) {
                    below.add(command.trim());
                }
            }
            Matcher option = OPTION.matcher(line);
            if (option.matches()) {
                put(options, names, about);
                names = names(option.group(1));
                about.setLength(0);
                if (column >= 0) {
                    about.append(line.length() > column ? line.substring(column) : "");
                } else {
                    int gap = line.indexOf("  ", line.indexOf('-'));
                    about.append(gap >= 0 ? line.substring(gap).trim() : "");
                }
            } else if (!trimmed.isEmpty() && line.startsWith("  ")) {
                String rest = column < 0 ? trimmed : line.length() > column ? line.substring(column) : "";
                about.append(' ').append(rest.trim());
            }
        }
        put(options, names, about);
        return below;
    }

    private static void put(Map<String, Boolean> options, List<String> names, StringBuilder about) {
        String text = about.toString().trim().replaceAll("\\s+", " ");
        boolean deprecated = text.matches("(?is)^\\W*((this )?option is )?\\W*deprecated.*") || text.startsWith("(DEPRECATED");
        for (String name : names) {
            options.merge(name, deprecated, (one, other) -> one && other);
        }
    }

    /** {@code -t, --topic <String: topic>} is two names. */
    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        String rest = text;
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            names.add(name.group(1));
            rest = rest.substring(name.end());
            name = NAME.matcher(rest);
        }
        if (names.isEmpty()) {
            Matcher first = Pattern.compile("^(--?[A-Za-z][A-Za-z0-9.-]*)").matcher(text);
            if (first.find()) {
                names.add(first.group(1));
            }
        }
        return names;
    }
}
