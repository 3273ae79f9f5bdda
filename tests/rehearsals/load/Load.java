import java.io.*;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.*;

/**
 * What goes on while a plan is carried out: two idempotent producers (acks=all) that number their records, one with
 * transactions, and a group of two consumers that reads what is committed. Load BOOTSTRAP PROPERTIES: makes the topics, prints "running", works until standard input ends, then reads
 * everything once more with a new reader and prints one line of counts.
 */
public class Load {
    static final List<String> TOPICS = List.of("orders", "small", "compacted");
    static final String PAYMENTS = "payments";
    static final int PARTITIONS = 4;
    static final AtomicBoolean ends = new AtomicBoolean();
    static final Map<String, Map<Long, String>> acknowledged = new ConcurrentHashMap<>();
    static final Map<String, Map<Long, Integer>> delivered = new ConcurrentHashMap<>();
    static final Set<String> takenBack = ConcurrentHashMap.newKeySet();
    static final AtomicInteger committed = new AtomicInteger();
    static final AtomicInteger failed = new AtomicInteger();
    static final AtomicLong lastAcknowledged = new AtomicLong(System.nanoTime());
    static final AtomicLong longestPause = new AtomicLong();

    static Properties with(String bootstrap, String file) throws IOException {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) { all.load(reader); }
        all.put("bootstrap.servers", bootstrap);
        all.put("key.serializer", StringSerializer.class.getName());
        all.put("value.serializer", StringSerializer.class.getName());
        all.put("key.deserializer", StringDeserializer.class.getName());
        all.put("value.deserializer", StringDeserializer.class.getName());
        return all;
    }

    static void topics(Properties common) throws Exception {
        try (AdminClient admin = AdminClient.create(common)) {
            // Keys that 4.0 no longer has and a size that 4.1 refuses, as clusters have them that were upgraded for years.
            Map<String, String> old = new TreeMap<>(Map.of("retention.ms", "604800000"));
            if (Boolean.getBoolean("old.topics")) {
                old.put("message.downconversion.enable", "true");
                old.put("message.timestamp.difference.max.ms", "9223372036854775807");
            }
            NewTopic orders = new NewTopic("orders", PARTITIONS, (short) 3).configs(old);
            NewTopic small = new NewTopic("small", PARTITIONS, (short) 3).configs(Map.of("segment.bytes", System.getProperty("segment.bytes", "100000")));
            NewTopic compacted = new NewTopic("compacted", PARTITIONS, (short) 3).configs(Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.01"));
            NewTopic payments = new NewTopic(PAYMENTS, PARTITIONS, (short) 3);
            admin.createTopics(List.of(orders, small, compacted, payments)).all().get(120, TimeUnit.SECONDS);
        }
    }

    static Thread producer(Properties common, String name) {
        Thread thread = new Thread(() -> {
            Properties mine = new Properties();
            mine.putAll(common);
            mine.put("acks", "all");
            mine.put("enable.idempotence", "true");
            mine.put("client.id", name);
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(mine)) {
                for (long number = 0; !ends.get(); number++) {
                    String topic = TOPICS.get((int) (number % TOPICS.size()));
                    String value = name + ":" + number + ":" + "x".repeat(200);
                    producer.send(new ProducerRecord<>(topic, "k" + number % 97, value), (meta, error) -> {
                        if (error != null) { System.err.println(name + " " + error); failed.incrementAndGet(); return; }
                        long now = System.nanoTime();
                        long pause = now - lastAcknowledged.getAndSet(now);
                        longestPause.accumulateAndGet(pause, Math::max);
                        acknowledged.computeIfAbsent(meta.topic() + "-" + meta.partition(), k -> new ConcurrentSkipListMap<>()).put(meta.offset(), value);
                    });
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) { throw new IllegalStateException(e); }
        }, name);
        thread.start();
        return thread;
    }

    /** Three records each; every fourth transaction is taken back. A record counts as acknowledged when its transaction is committed. */
    static Thread transactions(Properties common, String name) {
        Thread thread = new Thread(() -> {
            Properties mine = new Properties();
            mine.putAll(common);
            mine.put("acks", "all");
            mine.put("transactional.id", PAYMENTS);
            mine.put("client.id", name);
            long number = 0;
            while (!ends.get()) {
                try (KafkaProducer<String, String> producer = new KafkaProducer<>(mine)) {
                    again(producer::initTransactions);
                    for (; !ends.get(); Thread.sleep(300)) number = transaction(producer, name, number);
                } catch (KafkaException e) {
                    // How its last transaction ended is not known.
                    System.err.println(name + " begins anew: " + e);
                    failed.incrementAndGet();
                } catch (InterruptedException e) { throw new IllegalStateException(e); }
            }
        }, name);
        thread.start();
        return thread;
    }

    static long transaction(KafkaProducer<String, String> producer, String name, long number) {
        boolean commits = number / 3 % 4 != 3;
        Map<String, Map<Long, String>> written = new ConcurrentHashMap<>();
        List<String> values = new ArrayList<>();
        producer.beginTransaction();
        try {
            for (int i = 0; i < 3; i++, number++) {
                String value = name + ":" + number + ":" + "x".repeat(200);
                values.add(value);
                producer.send(new ProducerRecord<>(PAYMENTS, "k" + number % 97, value), (meta, error) -> {
                    if (error == null) written.computeIfAbsent(meta.topic() + "-" + meta.partition(), k -> new ConcurrentSkipListMap<>()).put(meta.offset(), value);
                });
            }
            if (commits) {
                again(producer::commitTransaction);
                written.forEach((partition, some) -> acknowledged.computeIfAbsent(partition, k -> new ConcurrentSkipListMap<>()).putAll(some));
                committed.incrementAndGet();
                return number;
            }
        } catch (ProducerFencedException | OutOfOrderSequenceException | AuthorizationException | UnsupportedVersionException e) {
            throw e;
        } catch (KafkaException e) {
            System.err.println(name + " takes back: " + e);
            failed.incrementAndGet();
        }
        again(producer::abortTransaction);
        takenBack.addAll(values);
        return number;
    }

    /** Calls that ran out of time may be made again, as the producer's documentation has it. */
    static void again(Runnable call) {
        for (int tries = 0; ; tries++)
            try { call.run(); return; } catch (org.apache.kafka.common.errors.TimeoutException e) { if (tries == 9) throw e; }
    }

    static Thread consumer(Properties common, String name, AtomicBoolean stop) {
        Thread thread = new Thread(() -> {
            Properties mine = new Properties();
            mine.putAll(common);
            mine.put("group.id", "orders-readers");
            mine.put("client.id", name);
            mine.put("isolation.level", "read_committed");
            mine.put("enable.auto.commit", "false");
            mine.put("auto.offset.reset", "earliest");
            try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(mine)) {
                consumer.subscribe(List.of("orders", "small", PAYMENTS));
                while (!stop.get()) {
                    try {
                        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(500));
                        for (ConsumerRecord<String, String> one : records)
                            delivered.computeIfAbsent(one.topic() + "-" + one.partition(), k -> new ConcurrentSkipListMap<>()).merge(one.offset(), 1, Integer::sum);
                        if (!records.isEmpty()) consumer.commitSync();
                    } catch (org.apache.kafka.common.errors.RetriableException | CommitFailedException e) { System.err.println(name + " " + e); }
                }
            }
        }, name);
        thread.start();
        return thread;
    }

    /** Everything from the beginning to the end, by partition, in the order of reading. */
    static Map<String, List<ConsumerRecord<String, String>>> everything(Properties common) {
        Map<String, List<ConsumerRecord<String, String>>> all = new TreeMap<>();
        Properties mine = new Properties();
        mine.putAll(common);
        mine.put("auto.offset.reset", "earliest");
        mine.put("enable.auto.commit", "false");
        mine.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(mine)) {
            List<TopicPartition> partitions = new ArrayList<>();
            List<String> topics = new ArrayList<>(TOPICS);
            topics.add(PAYMENTS);
            for (String topic : topics) for (int i = 0; i < PARTITIONS; i++) partitions.add(new TopicPartition(topic, i));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Duration.ofSeconds(120));
            while (partitions.stream().anyMatch(one -> consumer.position(one, Duration.ofSeconds(60)) < ends.get(one)))
                for (ConsumerRecord<String, String> one : consumer.poll(Duration.ofMillis(500)))
                    all.computeIfAbsent(one.topic() + "-" + one.partition(), k -> new ArrayList<>()).add(one);
        }
        return all;
    }

    public static void main(String[] args) throws Exception {
        Properties common = with(args[0], args[1]);
        topics(common);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> producers = List.of(producer(common, "p1"), producer(common, "p2"), transactions(common, "t1"));
        List<Thread> consumers = List.of(consumer(common, "c1", stop), consumer(common, "c2", stop));
        while (acknowledged.values().stream().mapToInt(Map::size).sum() < 100 || delivered.isEmpty() || committed.get() == 0) Thread.sleep(200);
        longestPause.set(0);
        System.out.println("running");
        while (System.in.read() >= 0) { }
        ends.set(true);
        for (Thread one : producers) one.join();
        Set<String> grouped = new TreeSet<>(acknowledged.keySet());
        grouped.removeIf(one -> one.startsWith("compacted"));
        long until = System.nanoTime() + 120_000_000_000L;
        while (System.nanoTime() < until && grouped.stream().anyMatch(one -> !delivered.getOrDefault(one, Map.of()).keySet().containsAll(acknowledged.get(one).keySet()))) Thread.sleep(500);
        stop.set(true);
        for (Thread one : consumers) one.join();

        int in = 0, lost = 0, twice = 0, unordered = 0, missed = 0, again = 0, undone = 0;
        Map<String, List<ConsumerRecord<String, String>>> read = everything(common);
        for (List<ConsumerRecord<String, String>> some : read.values())
            for (ConsumerRecord<String, String> one : some) if (takenBack.contains(one.value())) undone++;
        for (Map.Entry<String, Map<Long, String>> partition : acknowledged.entrySet()) {
            boolean compacted = partition.getKey().startsWith("compacted");
            in += partition.getValue().size();
            Map<String, Integer> count = new HashMap<>();
            Map<String, Long> last = new HashMap<>();
            Map<Long, String> values = new HashMap<>();
            Map<String, String> newest = new HashMap<>();
            for (ConsumerRecord<String, String> one : read.getOrDefault(partition.getKey(), List.of())) {
                String[] parts = one.value().split(":");
                count.merge(one.value(), 1, Integer::sum);
                Long before = last.put(parts[0], Long.parseLong(parts[1]));
                if (before != null && before >= Long.parseLong(parts[1])) unordered++;
                values.put(one.offset(), one.value());
                newest.put(one.key(), one.value());
            }
            for (int times : count.values()) if (times > 1) twice++;
            Map<String, Long> newestIn = new HashMap<>();
            for (Map.Entry<Long, String> one : partition.getValue().entrySet()) {
                if (compacted) newestIn.put("k" + Long.parseLong(one.getValue().split(":")[1]) % 97, one.getKey());
                else if (!one.getValue().equals(values.get(one.getKey()))) lost++;
            }
            // Of a compacted topic the last value of each key, unless one was written behind it that was not acknowledged.
            for (Map.Entry<String, Long> one : newestIn.entrySet()) if (!newest.containsKey(one.getKey())) lost++;
            if (!compacted) {
                Map<Long, Integer> got = delivered.getOrDefault(partition.getKey(), Map.of());
                for (Long offset : partition.getValue().keySet()) {
                    int times = got.getOrDefault(offset, 0);
                    if (times == 0) missed++;
                    if (times > 1) again++;
                }
            }
        }
        System.out.printf("{\"acknowledged\": %d, \"lost\": %d, \"twice\": %d, \"unordered\": %d, \"missedByGroup\": %d, \"againByGroup\": %d, \"takenBackButRead\": %d, \"transactions\": %d, \"failedSends\": %d, \"longestPauseMs\": %d}%n",
            in, lost, twice, unordered, missed, again, undone, committed.get(), failed.get(), longestPause.get() / 1_000_000);
        System.exit(0);
    }
}
