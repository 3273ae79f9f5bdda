package kafkaupgrade;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks one release whether it takes configurations: reads one case a line, answers one verdict a line.
 *
 * <p>Arguments: for each artifact {@code NAME=RELEASE=FILE}, where FILE holds its class path.
 *
 * <p>A case is the component, then keys and values in turn, all separated by tabs; within them {@code \\},
 * {@code \t}, {@code \n} and {@code \r} stand for a backslash, tab, line feed and carriage return. A verdict is
 * {@code accepted}; {@code refused}, the exception's class and its message; or {@code unknown} with what kept
 * the release from being asked. Nothing is started, opened or written.
 */
public final class Oracle {
    private Oracle() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Jars> jars = new TreeMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 3);
            jars.put(parts[0], new Jars(parts[0], parts[1], Files.readString(Path.of(parts[2]))));
        }
        Validations validations = new Validations(jars);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        System.setOut(System.err); // what Kafka or a logger prints is no answer
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t", -1);
            Map<String, String> properties = new LinkedHashMap<>();
            for (int at = 1; at + 1 < parts.length; at += 2) properties.put(unescape(parts[at]), unescape(parts[at + 1]));
            out.write(verdict(validations, parts[0], properties));
            out.write('\n');
            if (!in.ready()) out.flush();
        }
        out.flush();
        System.exit(0); // some releases start threads when their classes are read
    }

    private static String verdict(Validations validations, String component, Map<String, String> properties) {
        try {
            validations.validate(component, properties);
            return "accepted";
        } catch (Validations.NotAsked why) {
            return "unknown\t" + escape(why.getMessage());
        } catch (Throwable thrown) {
            Throwable cause = thrown;
            while (cause instanceof InvocationTargetException || cause instanceof ExceptionInInitializerError) cause = cause.getCause();
            if (cause instanceof ReflectiveOperationException || cause instanceof Error) return "unknown\t" + escape(cause.toString());
            return "refused\t" + cause.getClass().getName() + "\t" + escape(String.valueOf(cause.getMessage()));
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) return text;
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                out.append(c);
                continue;
            }
            switch (text.charAt(++at)) {
                case 't' -> out.append('\t');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                default -> out.append(text.charAt(at));
            }
        }
        return out.toString();
    }
}
