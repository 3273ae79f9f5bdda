import java.io.*;
import java.lang.reflect.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

/**
 * Runs cases in one JVM, each with what it prints in a file of its own: `java Provoke.java FOLDER...`.
 *
 * A folder has `case.txt` (first line: `main CLASS` or `new CLASS`; each further line an argument, or `-D name=value`), and
 * gets `output.txt`. `new` makes an object of the class from `config.properties`. What a program throws is printed as the
 * JVM prints it. Exits of Kafka's programs end the case and not the JVM; one that still runs after a while ends the JVM, and the
 * caller starts another for the cases behind it.
 */
public class Provoke {
    static final class Stopped extends Error {
        Stopped(int code) { super("exit " + code, null, false, false); }
    }

    public static void main(String[] folders) throws Exception {
        noExits();
        for (String name : folders) {
            Path folder = Paths.get(name);
            // A file at once: some programs end the JVM.
            PrintStream into = new PrintStream(new FileOutputStream(folder.resolve("output.txt").toFile()), true, "UTF-8");
            List<String> lines = Files.readAllLines(folder.resolve("case.txt"));
            // Loggers keep the stream that they began with, so it is the same one and only its target changes: threads
            // of a case write where the case writes, also when they outlive it.
            Thread thread = new Thread(() -> { TARGET.set(into); run(folder, lines, into); }, "main");
            thread.setDaemon(true);
            thread.start();
            thread.join(Long.getLong("seconds", 8) * 1000);
            if (thread.isAlive()) { into.println("still runs"); Runtime.getRuntime().halt(0); }
        }
        Runtime.getRuntime().halt(0);
    }

    static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
    static final InheritableThreadLocal<PrintStream> TARGET = new InheritableThreadLocal<>();
    static PrintStream target() { return TARGET.get() == null ? NOWHERE : TARGET.get(); }
    static {
        PrintStream switched = new PrintStream(new OutputStream() {
            @Override public void write(int one) { target().write(one); }
            @Override public void write(byte[] bytes, int from, int length) { target().write(bytes, from, length); }
        }, true);
        System.setOut(switched);
        System.setErr(switched);
    }

    static void run(Path folder, List<String> lines, PrintStream into) {
        try {
            String[] what = lines.get(0).split(" ");
            List<String> arguments = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                if (line.startsWith("-D ")) System.setProperty(line.substring(3).split("=", 2)[0], line.split("=", 2)[1]);
                else arguments.add(line.replace("$FOLDER", folder.toString()));
            }
            Class<?> type = Class.forName(what[1]);
            if (what[0].equals("main")) {
                type.getMethod("main", String[].class).invoke(null, (Object) arguments.toArray(new String[0]));
                return;
            }
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(folder.resolve("config.properties"))) { properties.load(reader); }
            Object made;
            try {
                made = type.getConstructor(Properties.class).newInstance(properties);
            } catch (NoSuchMethodException e) {
                made = type.getConstructor(Map.class).newInstance(properties);
            }
            into.println("made " + made.getClass().getSimpleName());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Stopped) into.println(e.getCause().getMessage());
            else print(e.getCause(), into);
        } catch (Stopped e) {
            into.println(e.getMessage());
        } catch (Throwable e) {
            print(e, into);
        }
    }

    static void print(Throwable thrown, PrintStream into) {
        into.print("Exception in thread \"main\" ");
        thrown.printStackTrace(into);
    }

    /** 4.4 moved it. */
    static Class<?> exit() throws ClassNotFoundException {
        try {
            return Class.forName("org.apache.kafka.common.utils.internals.Exit");
        } catch (ClassNotFoundException e) {
            return Class.forName("org.apache.kafka.common.utils.Exit");
        }
    }

    static void noExits() throws Exception {
        for (String name : new String[] {"Exit", "halt"}) {
            Class<?> exit = exit();
            Class<?> procedure = Class.forName(exit.getName() + "$Procedure");
            Object stop = Proxy.newProxyInstance(procedure.getClassLoader(), new Class<?>[] {procedure}, (proxy, method, args) -> {
                throw new Stopped((Integer) args[0]);
            });
            exit.getMethod(name.equals("Exit") ? "setExitProcedure" : "setHaltProcedure", procedure).invoke(null, stop);
        }
    }
}
