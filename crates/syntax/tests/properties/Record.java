import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

/**
 * Writes down what java.util.Properties reads from each text of a table, beside the text.
 *
 *   java Record.java cases.txt                 fills in or renews the answers of hand-made texts
 *   java Record.java generated.txt 300 20261   writes that many generated texts with their answers
 *
 * A line is a text, then after " => " each key and value that Java reads (sorted by key), or "refused".
 * Texts are fed as UTF-8 bytes to load(InputStream), which is how Kafka reads its files. Within texts, keys and
 * values, ^ is the escape sign: ^n ^r ^t ^f ^^, ^s for a blank at an end, ^e for the empty text and ^{1F600} for
 * what is not printable ASCII (^{D83D} is half of a surrogate pair); in answers also for , and = after a blank. Lines that begin with "## " are headings.
 */
public class Record {
    public static void main(String[] arguments) throws Exception {
        Path table = Path.of(arguments[0]);
        List<String> lines = new ArrayList<>();
        if (arguments.length > 1) {
            lines.add("## Written by Record.java: " + arguments[1] + " texts, seed " + arguments[2]);
            Random random = new Random(Long.parseLong(arguments[2]));
            Set<String> texts = new LinkedHashSet<>();
            while (texts.size() < Integer.parseInt(arguments[1])) texts.add(generate(random));
            for (String text : texts) lines.add(escape(text, false) + " => " + answer(text));
        } else {
            for (String line : Files.readAllLines(table)) {
                if (line.isEmpty() || line.startsWith("## ")) { lines.add(line); continue; }
                int end = line.indexOf(" => ");
                String text = unescape(end < 0 ? line : line.substring(0, end));
                lines.add(escape(text, false) + " => " + answer(text));
            }
        }
        Files.write(table, lines);
    }

    static final String[] PARTS = {
        "a", "b", "key", "log.dirs", "=", "=", ":", " ", " ", "\t", "\f", "\\", "\\", "\n", "\n", "\n", "\r", "\r\n", "#", "!",
        "\\\n", "\\\r\n", "\\\n  ", "\\\\", "\\ ", "\\=", "\\:", "\\#", "\\n", "\\t", "\\q", "\\u0041", "\\u00e9", "0", "/var/x",
    };
    /** One part in twenty-five, since the others cover most of what texts contain. */
    static final String[] RARE = {
        "\\uD83D\\uDE00", "\\uD83D", "\\uDE00", "\\u12", "é", "\u00a0", "😀", "\u0085", "\u2028", "\uFEFF",
    };

    static String generate(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = 3 + random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            String[] from = random.nextInt(25) == 0 ? RARE : PARTS;
            text.append(from[random.nextInt(from.length)]);
        }
        return text.toString();
    }

    static String answer(String text) throws Exception {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException malformed) {
            return "refused";
        }
        StringBuilder answer = new StringBuilder();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (answer.length() > 0) answer.append(" , ");
            answer.append(escape(key, true)).append(" = ").append(escape(properties.getProperty(key), true));
        }
        return answer.length() == 0 ? "nothing" : answer.toString();
    }

    static String escape(String text, boolean answer) {
        if (text.isEmpty()) return "^e";
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            boolean end = i == 0 || i + 1 == text.length();
            switch (point) {
                case '\n' -> result.append("^n");
                case '\r' -> result.append("^r");
                case '\t' -> result.append("^t");
                case '\f' -> result.append("^f");
                case '^' -> result.append("^^");
                default -> {
                    if (point == ' ' && end) result.append("^s");
                    else if (point == '#' && i == 0 && text.startsWith("## ")) result.append("^{23}");
                    else if (answer && (point == ',' || point == '=') && i > 0 && text.charAt(i - 1) == ' ')
                        result.append("^{").append(Integer.toHexString(point).toUpperCase()).append('}');
                    else if (point >= ' ' && point <= '~') result.append((char) point);
                    else result.append("^{").append(Integer.toHexString(point).toUpperCase()).append('}');
                }
            }
            i += Character.charCount(point);
        }
        return result.toString();
    }

    static String unescape(String written) {
        if (written.equals("^e")) return "";
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char sign = written.charAt(i);
            if (sign != '^') { result.append(sign); continue; }
            switch (written.charAt(++i)) {
                case 'n' -> result.append('\n');
                case 'r' -> result.append('\r');
                case 't' -> result.append('\t');
                case 'f' -> result.append('\f');
                case 's' -> result.append(' ');
                case '^' -> result.append('^');
                case '{' -> {
                    int end = written.indexOf('}', i);
                    result.appendCodePoint(Integer.parseInt(written.substring(i + 1, end), 16));
                    i = end;
                }
                default -> throw new IllegalArgumentException(written);
            }
        }
        return result.toString();
    }
}
