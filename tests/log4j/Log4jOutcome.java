import java.io.File;
import java.io.FileInputStream;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * Loads a configuration with the real Log4j 1 (reload4j) or Log4j 2 and prints what it does, in one form for both:
 * {@code Log4jOutcome 1 FILE LOGGER...} or {@code 2}. One program each run, since both cannot share a class path.
 */
public final class Log4jOutcome {
    /** 2026-01-02T03:04:05.678Z. */
    private static final long TIME = 1767323045678L;

    public static void main(String[] arguments) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Thread.currentThread().setName("main");
        List<String> loggers = List.of(arguments).subList(2, arguments.length);
        Map<String, String> told = arguments[0].equals("1") ? One.outcome(arguments[1], loggers) : Two.outcome(arguments[1], loggers);
        told.forEach((name, what) -> System.out.println(name + " " + what));
    }

    private static String relative(String file) {
        return file == null ? "-" : file.replace(System.getProperty("kafka.logs.dir", "?"), "LOGS");
    }

    private static final class One {
        static Map<String, String> outcome(String file, List<String> names) throws Exception {
            org.apache.log4j.spi.LoggerRepository repository = org.apache.log4j.LogManager.getLoggerRepository();
            if (file.endsWith(".xml")) {
                new org.apache.log4j.xml.DOMConfigurator().doConfigure(file, repository);
            } else {
                Properties properties = new Properties();
                try (FileInputStream stream = new FileInputStream(file)) {
                    properties.load(stream);
                }
                new org.apache.log4j.PropertyConfigurator().doConfigure(properties, repository);
            }
            Map<String, String> told = new LinkedHashMap<>();
            Map<String, org.apache.log4j.Appender> appenders = new TreeMap<>();
            for (String name : names) {
                org.apache.log4j.Category logger = name.equals("root") ? org.apache.log4j.Logger.getRootLogger() : org.apache.log4j.Logger.getLogger(name);
                List<String> to = new ArrayList<>();
                for (org.apache.log4j.Category at = logger; at != null; at = at.getAdditivity() ? at.getParent() : null) {
                    for (Enumeration<?> each = at.getAllAppenders(); each.hasMoreElements();) {
                        collect((org.apache.log4j.Appender) each.nextElement(), to, appenders, true);
                    }
                }
                Collections.sort(to);
                told.put("logger " + name, logger.getEffectiveLevel() + " " + to);
            }
            appenders.forEach((name, appender) -> told.put("appender " + name, describe(appender)));
            told.put("threshold", String.valueOf(org.apache.log4j.LogManager.getLoggerRepository().getThreshold()));
            return told;
        }

        static void collect(org.apache.log4j.Appender appender, List<String> to, Map<String, org.apache.log4j.Appender> all, boolean direct) {
            if (direct) {
                to.add(appender.getName());
            }
            all.put(appender.getName(), appender);
            if (appender instanceof org.apache.log4j.AsyncAppender) {
                Enumeration<?> inner = ((org.apache.log4j.AsyncAppender) appender).getAllAppenders();
                while (inner.hasMoreElements()) {
                    collect((org.apache.log4j.Appender) inner.nextElement(), to, all, false);
                }
            }
        }

        static String describe(org.apache.log4j.Appender appender) {
            StringBuilder text = new StringBuilder();
            if (appender instanceof org.apache.log4j.ConsoleAppender) {
                text.append("console ").append(((org.apache.log4j.ConsoleAppender) appender).getTarget().equals("System.err") ? "err" : "out");
            } else if (appender instanceof org.apache.log4j.DailyRollingFileAppender) {
                org.apache.log4j.DailyRollingFileAppender daily = (org.apache.log4j.DailyRollingFileAppender) appender;
                String rolled = daily.getFile() + new SimpleDateFormat(daily.getDatePattern()).format(new Date(TIME));
                text.append("file ").append(relative(daily.getFile())).append(" append ").append(daily.getAppend());
                text.append(" then ").append(relative(rolled));
            } else if (appender instanceof org.apache.log4j.RollingFileAppender) {
                org.apache.log4j.RollingFileAppender rolling = (org.apache.log4j.RollingFileAppender) appender;
                text.append("file ").append(relative(rolling.getFile())).append(" append ").append(rolling.getAppend());
                text.append(" at ").append(rolling.getMaximumFileSize()).append(" bytes, keeps ").append(rolling.getMaxBackupIndex());
            } else if (appender instanceof org.apache.log4j.FileAppender) {
                org.apache.log4j.FileAppender file = (org.apache.log4j.FileAppender) appender;
                text.append("file ").append(relative(file.getFile())).append(" append ").append(file.getAppend());
            } else if (appender instanceof org.apache.log4j.AsyncAppender) {
                org.apache.log4j.AsyncAppender async = (org.apache.log4j.AsyncAppender) appender;
                text.append("async ").append(async.getBufferSize()).append(" blocking ").append(async.getBlocking());
            } else {
                text.append(appender.getClass().getSimpleName().equals("NullAppender") ? "nothing" : appender.getClass().getName());
            }
            org.apache.log4j.Priority least = ((org.apache.log4j.AppenderSkeleton) appender).getThreshold();
            text.append(" from ").append(least == null ? "ALL" : least);
            if (appender.getLayout() != null) {
                org.apache.log4j.spi.LoggingEvent event = new org.apache.log4j.spi.LoggingEvent("x", org.apache.log4j.Logger.getLogger("org.apache.kafka.Some"), TIME, org.apache.log4j.Level.WARN, "what happened", "main", null, null, new org.apache.log4j.spi.LocationInfo("Some.java", "org.apache.kafka.Some", "run", "42"), null);
                text.append(" as ").append(appender.getLayout().format(event).replace("\n", "\\n"));
            }
            return text.toString();
        }
    }

    private static final class Two {
        static Map<String, String> outcome(String file, List<String> names) throws Exception {
            org.apache.logging.log4j.core.LoggerContext context = new org.apache.logging.log4j.core.LoggerContext("outcome");
            context.setConfigLocation(new File(file).toURI());
            org.apache.logging.log4j.core.config.Configuration configuration = context.getConfiguration();
            Map<String, String> told = new LinkedHashMap<>();
            for (String name : names) {
                org.apache.logging.log4j.core.config.LoggerConfig at = name.equals("root") ? configuration.getRootLogger() : configuration.getLoggerConfig(name);
                org.apache.logging.log4j.Level level = at.getLevel();
                List<String> to = new ArrayList<>();
                while (at != null) {
                    to.addAll(at.getAppenders().keySet());
                    at = at.isAdditive() ? at.getParent() : null;
                }
                Collections.sort(to);
                told.put("logger " + name, level + " " + to);
            }
            for (Map.Entry<String, org.apache.logging.log4j.core.Appender> each : new TreeMap<>(configuration.getAppenders()).entrySet()) {
                told.put("appender " + each.getKey(), describe(each.getValue()));
            }
            told.put("threshold", least(configuration.getFilter()));
            return told;
        }

        static String least(org.apache.logging.log4j.core.Filter filter) {
            return filter == null ? "ALL" : String.valueOf(((org.apache.logging.log4j.core.filter.ThresholdFilter) filter).getLevel());
        }

        static String describe(org.apache.logging.log4j.core.Appender appender) throws Exception {
            StringBuilder text = new StringBuilder();
            if (appender instanceof org.apache.logging.log4j.core.appender.ConsoleAppender) {
                text.append("console ").append(((org.apache.logging.log4j.core.appender.ConsoleAppender) appender).getTarget().name().equals("SYSTEM_ERR") ? "err" : "out");
            } else if (appender instanceof org.apache.logging.log4j.core.appender.RollingFileAppender) {
                org.apache.logging.log4j.core.appender.RollingFileAppender rolling = (org.apache.logging.log4j.core.appender.RollingFileAppender) appender;
                text.append("file ").append(relative(rolling.getFileName())).append(" append ").append(rolling.getManager().isAppend());
                if (rolling.getTriggeringPolicy() instanceof org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy) {
                    org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy strategy = (org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy) rolling.getManager().getRolloverStrategy();
                    text.append(" at ").append(((org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy) rolling.getTriggeringPolicy()).getMaxFileSize());
                    text.append(" bytes, keeps ").append(strategy.getMaxIndex());
                } else {
                    StringBuilder rolled = new StringBuilder();
                    java.lang.reflect.Method format = org.apache.logging.log4j.core.appender.rolling.PatternProcessor.class.getDeclaredMethod("formatFileName", StringBuilder.class, Object[].class);
                    format.setAccessible(true);
                    format.invoke(rolling.getManager().getPatternProcessor(), rolled, new Object[] {new Date(TIME), 1});
                    text.append(" then ").append(relative(rolled.toString()));
                }
            } else if (appender instanceof org.apache.logging.log4j.core.appender.FileAppender) {
                org.apache.logging.log4j.core.appender.FileAppender file = (org.apache.logging.log4j.core.appender.FileAppender) appender;
                text.append("file ").append(relative(file.getFileName())).append(" append ").append(file.getManager().isAppend());
            } else if (appender instanceof org.apache.logging.log4j.core.appender.AsyncAppender) {
                org.apache.logging.log4j.core.appender.AsyncAppender async = (org.apache.logging.log4j.core.appender.AsyncAppender) appender;
                text.append("async ").append(async.getQueueCapacity()).append(" blocking ").append(async.isBlocking());
            } else {
                text.append(appender.getClass().getSimpleName().equals("NullAppender") ? "nothing" : appender.getClass().getName());
            }
            text.append(" from ").append(least(((org.apache.logging.log4j.core.filter.AbstractFilterable) appender).getFilter()));
            boolean writes = !(appender instanceof org.apache.logging.log4j.core.appender.AsyncAppender) && !(appender instanceof org.apache.logging.log4j.core.appender.NullAppender);
            if (writes && appender.getLayout() != null) {
                org.apache.logging.log4j.core.LogEvent event = org.apache.logging.log4j.core.impl.Log4jLogEvent.newBuilder()
                    .setLoggerName("org.apache.kafka.Some")
                    .setLevel(org.apache.logging.log4j.Level.WARN)
                    .setMessage(new org.apache.logging.log4j.message.SimpleMessage("what happened"))
                    .setTimeMillis(TIME)
                    .setThreadName("main")
                    .setSource(new StackTraceElement("org.apache.kafka.Some", "run", "Some.java", 42))
                    .build();
                text.append(" as ").append(String.valueOf(appender.getLayout().toSerializable(event)).replace("\n", "\\n"));
            }
            return text.toString();
        }
    }
}
