package kafkaupgrade;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Validators as structure: what they allow, read from their fields; those that are code are named only. */
final class Validators {
    private Validators() {}

    static Map<String, Object> of(Object validator, String component, String key) throws Exception {
        Map<String, Object> facts = new LinkedHashMap<>();
        String type = validator.getClass().getName();
        if (!type.startsWith("org.apache.kafka.common.config.ConfigDef$") || type.contains("$$Lambda")) {
            custom(validator, type, component, key, facts);
            return facts;
        }
        switch (validator.getClass().getSimpleName()) {
            case "Range" -> {
                List<Object> bounds = new ArrayList<>();
                bounds.add(Jars.get(validator, "min"));
                bounds.add(Jars.get(validator, "max"));
                facts.put("range", bounds);
            }
            case "ValidString" -> facts.put("in", Jars.get(validator, "validStrings"));
            case "CaseInsensitiveValidString" -> facts.put("in_ignore_case", sorted(Jars.get(validator, "validStrings")));
            case "ValidList" -> {
                Object strings = Jars.get(validator, "validString");
                facts.put("list_in", strings == null ? List.of() : Jars.get(strings, "validStrings"));
                for (String flag : List.of("isEmptyAllowed", "isNullAllowed")) {
                    Object value = Jars.get(validator, flag);
                    if (value != null) facts.put(flag.equals("isEmptyAllowed") ? "empty" : "null", value);
                }
            }
            case "NonNullValidator" -> facts.put("non_null", true);
            case "NonEmptyString" -> facts.put("non_empty", true);
            case "NonEmptyStringWithoutControlChars" -> facts.put("non_empty_no_control", true);
            case "ListSize" -> facts.put("list_size", Jars.get(validator, "maxSize"));
            case "CompositeValidator" -> {
                List<Object> all = new ArrayList<>();
                for (Object part : (Collection<?>) Jars.get(validator, "validators")) all.add(of(part, component, key));
                facts.put("all", all);
            }
            case "LambdaValidator" -> {
                facts.put("lambda", component + "#" + key);
                facts.put("says", String.valueOf(validator));
            }
            default -> custom(validator, type, component, key, facts);
        }
        return facts;
    }

    /** A validator of Kafka's own, or a lambda: its class without what differs between runs, and its plain fields. */
    private static void custom(Object validator, String type, String component, String key, Map<String, Object> facts) throws Exception {
        if (type.contains("$$Lambda") || type.matches(".*\\$\\$anon.*|.*\\$\\d+")) {
            facts.put("lambda", component + "#" + key);
            facts.put("of", type.replaceAll("\\$\\$Lambda.*|\\$\\d+$", ""));
            return;
        }
        facts.put("custom", type);
        Map<String, Object> fields = new TreeMap<>();
        for (Field field : validator.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) continue;
            field.setAccessible(true);
            Object value = field.get(validator);
            if (value instanceof Number || value instanceof Boolean || value instanceof String) fields.put(field.getName(), value);
            else if (value instanceof Collection<?> list) fields.put(field.getName(), texts(list));
        }
        if (!fields.isEmpty()) facts.put("fields", fields);
    }

    private static List<String> texts(Collection<?> list) {
        List<String> texts = new ArrayList<>();
        for (Object item : list) texts.add(String.valueOf(item));
        return texts;
    }

    private static List<String> sorted(Object strings) {
        List<String> texts = texts((Collection<?>) strings);
        texts.sort(null);
        return texts;
    }
}
