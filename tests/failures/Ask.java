import java.lang.reflect.Method;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.*;

/**
 * Asks a running cluster for what it refuses, and prints what its client says: `java Ask.java SERVER NAME=VALUE...`, where
 * the settings are those of every client. Each question begins with `### NAME`. What a client lacks is left out.
 */
public class Ask {
    interface Question { Object ask() throws Exception; }

    static String server;
    static final Map<String, Object> COMMON = new HashMap<>();

    static Map<String, Object> settings(String... more) {
        Map<String, Object> all = new HashMap<>(COMMON);
        all.put("bootstrap.servers", server);
        all.putIfAbsent("request.timeout.ms", "4000");
        all.putIfAbsent("default.api.timeout.ms", "6000");
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    static AdminClient admin() { return AdminClient.create(settings()); }

    static KafkaProducer<String, String> producer(String... more) {
        Map<String, Object> all = settings(more);
        all.putIfAbsent("max.block.ms", "4000");
        all.putIfAbsent("delivery.timeout.ms", "6000");
        all.remove("default.api.timeout.ms");
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    static KafkaConsumer<String, String> consumer(String... more) {
        return new KafkaConsumer<>(settings(more), new StringDeserializer(), new StringDeserializer());
    }

    static void question(String name, Question question) {
        System.out.println("### " + name);
        Thread thread = new Thread(() -> {
            try {
                question.ask();
                System.out.println("answered");
            } catch (NoSuchMethodException | ClassNotFoundException | NoSuchMethodError | NoClassDefFoundError e) {
                System.out.println("answered");
            } catch (Throwable e) {
                System.out.print("Exception in thread \"main\" ");
                e.printStackTrace(System.out);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try { thread.join(25_000); } catch (InterruptedException e) { throw new AssertionError(e); }
        System.out.flush();
    }

    static void topic(AdminClient admin, String name, Map<String, String> settings) throws Exception {
        try { admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings))).all().get(); }
        catch (ExecutionException e) { if (!e.getCause().getMessage().contains("exists")) throw e; }
        Thread.sleep(500);
    }

    static void fill(String topic) throws Exception {
        try (KafkaProducer<String, String> producer = producer()) { for (int i = 0; i < 10; i++) producer.send(new ProducerRecord<>(topic, "k", "v")).get(); }
    }

    /** A method that this release may lack. */
    static Object call(Object on, String name, Object... arguments) throws Exception {
        for (Method method : on.getClass().getMethods())
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                method.setAccessible(true);
                try { return method.invoke(on, arguments); }
                catch (java.lang.reflect.InvocationTargetException e) { if (e.getCause() instanceof Exception) throw (Exception) e.getCause(); throw e; }
            }
        throw new NoSuchMethodException(name);
    }

    static Object future(Object result, String name) throws Exception {
        Object future = call(result, name);
        return ((KafkaFuture<?>) future).get();
    }

    public static void main(String[] arguments) throws Exception {
        server = arguments[0];
        for (String setting : Arrays.asList(arguments).subList(2, arguments.length)) COMMON.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        if (arguments[1].equals("login")) { login(); Runtime.getRuntime().halt(0); }
        AdminClient admin = admin();
        topic(admin, "seeded", Map.of());
        topic(admin, "compacted", Map.of("cleanup.policy", "compact"));
        topic(admin, "strict", Map.of("min.insync.replicas", "2"));
        fill("seeded");
        admin(admin);
        producing(admin);
        consuming(admin);
        Runtime.getRuntime().halt(0);
    }

    /** What a client says that may not log in, or may do nothing. */
    static void login() {
        question("login-admin", () -> { try (AdminClient a = admin()) { return a.describeCluster().nodes().get(); } });
        question("login-create-topic", () -> { try (AdminClient a = admin()) { return a.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get(); } });
        question("login-producer", () -> { try (KafkaProducer<String, String> p = producer()) { return p.send(new ProducerRecord<>("seeded", "v")).get(); } });
        question("login-transaction", () -> { try (KafkaProducer<String, String> p = producer("transactional.id", "denied")) { p.initTransactions(); return null; } });
        question("login-consumer", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "denied")) { c.subscribe(List.of("seeded")); long until = System.currentTimeMillis() + 8000; while (System.currentTimeMillis() < until) c.poll(Duration.ofMillis(500)); return null; } });
    }

    static void admin(AdminClient admin) {
        Map<String, ConfigResource> none = Map.of();
        question("create-more-replicas", () -> admin.createTopics(List.of(new NewTopic("many", 1, (short) 3))).all().get());
        question("create-twice", () -> admin.createTopics(List.of(new NewTopic("seeded", 1, (short) 1))).all().get());
        question("create-name", () -> admin.createTopics(List.of(new NewTopic("a b", 1, (short) 1))).all().get());
        question("create-no-partitions", () -> admin.createTopics(List.of(new NewTopic("none", 0, (short) 1))).all().get());
        question("create-key-unknown", () -> admin.createTopics(List.of(new NewTopic("key", 1, (short) 1).configs(Map.of("retention", "1")))).all().get());
        question("create-format", () -> admin.createTopics(List.of(new NewTopic("key", 1, (short) 1).configs(Map.of("message.format.version", "2.0")))).all().get());
        question("create-value", () -> admin.createTopics(List.of(new NewTopic("value", 1, (short) 1).configs(Map.of("retention.ms", "week")))).all().get());
        question("create-segment", () -> admin.createTopics(List.of(new NewTopic("segment", 1, (short) 1).configs(Map.of("segment.bytes", "1000")))).all().get());
        question("create-remote", () -> admin.createTopics(List.of(new NewTopic("remote", 1, (short) 1).configs(Map.of("remote.storage.enable", "true")))).all().get());
        question("create-local-retention", () -> admin.createTopics(List.of(new NewTopic("remote", 1, (short) 1).configs(Map.of("local.retention.ms", "100", "retention.ms", "10")))).all().get());
        question("create-assignment", () -> admin.createTopics(List.of(new NewTopic("elsewhere", Map.of(0, List.of(9))))).all().get());
        question("create-isr", () -> admin.createTopics(List.of(new NewTopic("isr", 1, (short) 1).configs(Map.of("min.insync.replicas", "0")))).all().get());
        question("partitions-fewer", () -> admin.createPartitions(Map.of("seeded", NewPartitions.increaseTo(1))).all().get());
        question("describe-topic-unknown", () -> call(admin.describeTopics(List.of("unknown-topic")), "allTopicNames") instanceof KafkaFuture<?> f ? f.get() : null);
        question("delete-topic-unknown", () -> admin.deleteTopics(List.of("unknown-topic")).all().get());
        question("delete-records-beyond", () -> admin.deleteRecords(Map.of(new TopicPartition("seeded", 0), RecordsToDelete.beforeOffset(1000))).all().get());
        question("alter-read-only", () -> admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.BROKER, "1"), List.of(new AlterConfigOp(new ConfigEntry("log.dirs", "/x"), AlterConfigOp.OpType.SET)))).all().get());
        question("alter-key-unknown", () -> admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "seeded"), List.of(new AlterConfigOp(new ConfigEntry("retention", "1"), AlterConfigOp.OpType.SET)))).all().get());
        question("alter-disable-remote", () -> admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "seeded"), List.of(new AlterConfigOp(new ConfigEntry("remote.log.copy.disable", "true"), AlterConfigOp.OpType.SET)))).all().get());
        question("alter-topic-unknown", () -> admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "unknown-topic"), List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET)))).all().get());
        question("alter-group-key", () -> admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.valueOf("GROUP"), "g"), List.of(new AlterConfigOp(new ConfigEntry("consumer.session.timeout.ms", "1"), AlterConfigOp.OpType.SET)))).all().get());
        question("alter-isr-of-broker", () -> admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.BROKER, "1"), List.of(new AlterConfigOp(new ConfigEntry("min.insync.replicas", "2"), AlterConfigOp.OpType.SET)))).all().get());
        question("describe-configs-of-nobody", () -> admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.BROKER, "99"))).all().get());
        question("log-dirs-of-nobody", () -> call(admin.describeLogDirs(List.of(99)), "allDescriptions") instanceof KafkaFuture<?> f ? f.get() : null);
        question("reassign-nowhere", () -> admin.alterPartitionReassignments(Map.of(new TopicPartition("seeded", 0), Optional.of(new NewPartitionReassignment(List.of(9))))).all().get());
        question("reassign-cancel-none", () -> admin.alterPartitionReassignments(Map.of(new TopicPartition("seeded", 0), Optional.empty())).all().get());
        question("elect-unknown", () -> admin.electLeaders(ElectionType.PREFERRED, Set.of(new TopicPartition("unknown-topic", 0))).all().get());
        question("elect-not-needed", () -> admin.electLeaders(ElectionType.PREFERRED, Set.of(new TopicPartition("seeded", 0))).all().get());
        question("group-unknown", () -> admin.describeConsumerGroups(List.of("unknown-group")).all().get());
        question("group-delete-unknown", () -> admin.deleteConsumerGroups(List.of("unknown-group")).all().get());
        question("group-alter-unknown", () -> admin.alterConsumerGroupOffsets("unknown-group", Map.of(new TopicPartition("unknown-topic", 0), new OffsetAndMetadata(1))).all().get());
        question("token-disabled", () -> admin.createDelegationToken().delegationToken().get());
        question("token-describe", () -> admin.describeDelegationToken().delegationTokens().get());
        question("scram-iterations", () -> admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("a", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 1), "b"))).all().get());
        question("scram-delete-unknown", () -> admin.alterUserScramCredentials(List.of(new UserScramCredentialDeletion("nobody", ScramMechanism.SCRAM_SHA_256))).all().get());
        question("acls-no-authorizer", () -> admin.describeAcls(org.apache.kafka.common.acl.AclBindingFilter.ANY).values().get());
        question("feature-unknown", () -> admin.updateFeatures(Map.of("metadata.versoin", new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.UPGRADE)), new UpdateFeaturesOptions()).all().get());
        question("feature-too-high", () -> admin.updateFeatures(Map.of("metadata.version", new FeatureUpdate((short) 99, FeatureUpdate.UpgradeType.UPGRADE)), new UpdateFeaturesOptions()).all().get());
        question("feature-downgrade", () -> admin.updateFeatures(Map.of("metadata.version", new FeatureUpdate((short) 9, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)), new UpdateFeaturesOptions()).all().get());
        question("feature-downgrade-as-upgrade", () -> admin.updateFeatures(Map.of("metadata.version", new FeatureUpdate((short) 9, FeatureUpdate.UpgradeType.UPGRADE)), new UpdateFeaturesOptions()).all().get());
        question("feature-group-too-high", () -> admin.updateFeatures(Map.of("group.version", new FeatureUpdate((short) 9, FeatureUpdate.UpgradeType.UPGRADE)), new UpdateFeaturesOptions()).all().get());
        question("feature-quorum", () -> admin.updateFeatures(Map.of("kraft.version", new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.UPGRADE)), new UpdateFeaturesOptions()).all().get());
        question("unregister-unknown", () -> future(call(admin, "unregisterBroker", 99), "all"));
        question("quorum-remove", () -> future(call(admin, "removeRaftVoter", 99, Uuid.randomUuid()), "all"));
        question("transactions-of-nobody", () -> future(call(admin, "describeTransactions", List.of("nobody")), "all"));
        question("quota-unknown", () -> admin.alterClientQuotas(List.of(new org.apache.kafka.common.quota.ClientQuotaAlteration(new org.apache.kafka.common.quota.ClientQuotaEntity(Map.of("user", "a")), List.of(new org.apache.kafka.common.quota.ClientQuotaAlteration.Op("bytes", 1.0))))).all().get());
    }

    static void producing(AdminClient admin) {
        question("record-too-large", () -> { try (KafkaProducer<String, String> p = producer()) { return p.send(new ProducerRecord<>("seeded", "x".repeat(2_000_000))).get(); } });
        question("record-too-large-for-broker", () -> { try (KafkaProducer<String, String> p = producer("max.request.size", "5000000")) { return p.send(new ProducerRecord<>("seeded", "x".repeat(2_000_000))).get(); } });
        question("produce-topic-unknown", () -> { try (KafkaProducer<String, String> p = producer()) { return p.send(new ProducerRecord<>("unknown-topic", "v")).get(); } });
        question("produce-partition-unknown", () -> { try (KafkaProducer<String, String> p = producer()) { return p.send(new ProducerRecord<>("seeded", 9, "k", "v")).get(); } });
        question("produce-too-few-replicas", () -> { try (KafkaProducer<String, String> p = producer("acks", "all", "retries", "0", "enable.idempotence", "false")) { return p.send(new ProducerRecord<>("strict", "v")).get(); } });
        question("produce-no-key", () -> { try (KafkaProducer<String, String> p = producer()) { return p.send(new ProducerRecord<>("compacted", "v")).get(); } });
        question("transaction-too-long", () -> { try (KafkaProducer<String, String> p = producer("transactional.id", "long", "transaction.timeout.ms", "9999999")) { p.initTransactions(); return null; } });
        question("transaction-not-begun", () -> { try (KafkaProducer<String, String> p = producer("transactional.id", "begun")) { p.initTransactions(); return p.send(new ProducerRecord<>("seeded", "v")).get(); } });
        question("transaction-not-initialised", () -> { try (KafkaProducer<String, String> p = producer("transactional.id", "init")) { p.beginTransaction(); return null; } });
        question("transaction-fenced", () -> {
            try (KafkaProducer<String, String> one = producer("transactional.id", "same"); KafkaProducer<String, String> other = producer("transactional.id", "same")) {
                one.initTransactions();
                one.beginTransaction();
                one.send(new ProducerRecord<>("seeded", "v")).get();
                other.initTransactions();
                one.commitTransaction();
                return null;
            }
        });
        question("transaction-expired", () -> {
            try (KafkaProducer<String, String> p = producer("transactional.id", "expires", "transaction.timeout.ms", "1000", "delivery.timeout.ms", "900", "request.timeout.ms", "800", "linger.ms", "0")) {
                p.initTransactions();
                p.beginTransaction();
                p.send(new ProducerRecord<>("seeded", "v")).get();
                Thread.sleep(14_000);
                p.send(new ProducerRecord<>("seeded", "v")).get();
                p.commitTransaction();
                return null;
            }
        });
    }

    static void poll(KafkaConsumer<String, String> consumer, int millis) {
        long until = System.currentTimeMillis() + millis;
        while (System.currentTimeMillis() < until) consumer.poll(Duration.ofMillis(300));
    }

    static void consuming(AdminClient admin) {
        question("consume-no-policy", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "p", "auto.offset.reset", "none")) { c.subscribe(List.of("seeded")); poll(c, 8000); return null; } });
        question("consume-out-of-range", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "r", "auto.offset.reset", "none")) { TopicPartition t = new TopicPartition("seeded", 0); c.assign(List.of(t)); c.seek(t, 99999); poll(c, 5000); return null; } });
        question("consume-no-group", () -> { try (KafkaConsumer<String, String> c = consumer()) { c.subscribe(List.of("seeded")); poll(c, 3000); return null; } });
        question("commit-no-group", () -> { try (KafkaConsumer<String, String> c = consumer()) { c.commitSync(Map.of(new TopicPartition("seeded", 0), new OffsetAndMetadata(1))); return null; } });
        question("consume-topic-name", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "n")) { c.subscribe(List.of("a b")); poll(c, 4000); return null; } });
        question("consume-session-too-short", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "s", "session.timeout.ms", "200", "heartbeat.interval.ms", "100")) { c.subscribe(List.of("seeded")); poll(c, 4000); return null; } });
        question("consume-two-assignors", () -> {
            try (KafkaConsumer<String, String> one = consumer("group.id", "a", "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
                 KafkaConsumer<String, String> other = consumer("group.id", "a", "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RoundRobinAssignor")) {
                one.subscribe(List.of("seeded"));
                poll(one, 6000);
                other.subscribe(List.of("seeded"));
                poll(other, 4000);
                return null;
            }
        });
        question("consume-too-slow", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "slow", "max.poll.interval.ms", "6000", "session.timeout.ms", "6000", "enable.auto.commit", "false", "auto.offset.reset", "earliest")) { c.subscribe(List.of("seeded")); poll(c, 6000); Thread.sleep(9000); c.commitSync(); return null; } });
        question("consume-same-instance", () -> {
            try (KafkaConsumer<String, String> one = consumer("group.id", "i", "group.instance.id", "same"); KafkaConsumer<String, String> other = consumer("group.id", "i", "group.instance.id", "same")) {
                one.subscribe(List.of("seeded"));
                poll(one, 6000);
                other.subscribe(List.of("seeded"));
                poll(other, 5000);
                poll(one, 6000);
                return null;
            }
        });
        question("consume-new-protocol", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "new", "group.protocol", "consumer")) { c.subscribe(List.of("seeded")); poll(c, 5000); return null; } });
        question("consume-new-assignor-unknown", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "newer", "group.protocol", "consumer", "group.remote.assignor", "fair")) { c.subscribe(List.of("seeded")); poll(c, 5000); return null; } });
        question("consume-both-protocols", () -> {
            try (KafkaConsumer<String, String> one = consumer("group.id", "both", "group.protocol", "consumer", "group.remote.assignor", "uniform");
                 KafkaConsumer<String, String> other = consumer("group.id", "both", "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor", "session.timeout.ms", "300")) {
                one.subscribe(List.of("seeded"));
                poll(one, 6000);
                other.subscribe(List.of("seeded"));
                poll(other, 5000);
                return null;
            }
        });
        question("share-consume", () -> {
            Class<?> type = Class.forName("org.apache.kafka.clients.consumer.KafkaShareConsumer");
            Object consumer = type.getConstructor(Map.class, Deserializer.class, Deserializer.class).newInstance(settings("group.id", "share"), new StringDeserializer(), new StringDeserializer());
            call(consumer, "subscribe", List.of("seeded"));
            for (int i = 0; i < 10; i++) call(consumer, "poll", Duration.ofMillis(500));
            return null;
        });
        question("group-not-empty", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "busy")) { c.subscribe(List.of("seeded")); poll(c, 6000); return admin.deleteConsumerGroups(List.of("busy")).all().get(); } });
        question("group-offsets-in-use", () -> { try (KafkaConsumer<String, String> c = consumer("group.id", "used")) { c.subscribe(List.of("seeded")); poll(c, 6000); return admin.alterConsumerGroupOffsets("used", Map.of(new TopicPartition("seeded", 0), new OffsetAndMetadata(1))).all().get(); } });
    }
}
