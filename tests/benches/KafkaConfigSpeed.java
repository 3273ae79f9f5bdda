import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import kafka.server.KafkaConfig;

/** How long Kafka itself takes to read and validate a broker's file, once the virtual machine is warm. */
public class KafkaConfigSpeed {
    public static void main(String[] arguments) throws Exception {
        String text = Files.readString(Path.of(arguments[0]));
        for (int i = 0; i < 20_000; i++) {
            once(text);
        }
        long[] times = new long[5_000];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            once(text);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        System.out.printf("  read and validate        %9.1f µs%n", times[times.length / 2] / 1000.0);
    }

    private static int once(String text) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return new KafkaConfig(properties, false).values().size();
    }
}
