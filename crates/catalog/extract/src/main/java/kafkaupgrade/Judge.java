package kafkaupgrade;

import com.sun.source.util.JavacTask;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles files against one class path: a file a line on standard input (name, tab, text with {@code \n} for its line
 * ends), an answer a line on standard output: the lines with errors, joined with commas, none when javac takes it.
 */
final class Judge {
    private Judge() {}

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean lenient) {
            return text;
        }
    }

    public static void main(String[] arguments) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        // Later errors are wanted also where an import fails.
        List<String> options = List.of("-proc:none", "-Xlint:none", "-XDshould-stop.ifError=ATTR", "-Xmaxerrs", "1000", "-classpath", arguments[0]);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null;) {
            int tab = line.indexOf('\t');
            DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
            Text text = new Text(line.substring(0, tab), unescape(line.substring(tab + 1)));
            ((JavacTask) compiler.getTask(null, files, said, options, null, List.of(text))).analyze();
            TreeSet<Long> lines = new TreeSet<>();
            for (Diagnostic<?> each : said.getDiagnostics()) {
                if (each.getKind() == Diagnostic.Kind.ERROR) lines.add(each.getLineNumber());
                if (arguments.length > 1 && each.getKind() == Diagnostic.Kind.ERROR) System.err.println(each);
            }
            out.println(lines.stream().map(String::valueOf).collect(Collectors.joining(",")));
            out.flush();
        }
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char next = text.charAt(++at);
            out.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
        }
        return out.toString();
    }
}
