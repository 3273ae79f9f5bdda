package kafkaupgrade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a release speaks: API versions, metadata versions, features. */
final class Protocol {
    private Protocol() {}

    /** Every API, by key: its range of versions, the newest stable one, and where it is listened for. */
    static List<Map<String, Object>> apis(Jars clients) throws Exception {
        List<Map<String, Object>> apis = new ArrayList<>();
        for (Object api : clients.find("org.apache.kafka.common.protocol.ApiKeys").getEnumConstants()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("key", ((Number) Jars.get(api, "id")).intValue());
            facts.put("name", Jars.get(api, "name"));
            int newest = ((Number) Jars.get(api, "latestVersion")).intValue();
            facts.put("min", ((Number) Jars.get(api, "oldestVersion")).intValue());
            facts.put("max", newest);
            facts.put("stable_max", stable(api, newest));
            Object message = Jars.get(api, "messageType");
            Object listeners = message == null ? null : Jars.get(message, "listeners");
            if (listeners != null) {
                List<String> names = new ArrayList<>();
                for (Object listener : (Collection<?>) listeners) names.add(listener.toString().toLowerCase(java.util.Locale.ROOT));
                facts.put("listeners", names);
            }
            apis.add(facts);
        }
        apis.sort((a, b) -> Integer.compare((Integer) a.get("key"), (Integer) b.get("key")));
        return apis;
    }

    private static int stable(Object api, int newest) throws Exception {
        try {
            var method = api.getClass().getMethod("latestVersion", boolean.class);
            return ((Number) method.invoke(api, false)).intValue();
        } catch (NoSuchMethodException before34) {
            return newest;
        }
    }

    /** Metadata versions (inter-broker protocols before 3.0 have level -1), oldest first. */
    static List<Map<String, Object>> metadataVersions(Jars broker) throws Exception {
        List<Map<String, Object>> versions = new ArrayList<>();
        Class<?> type = broker.find("org.apache.kafka.server.common.MetadataVersion");
        if (type == null) return interBrokerProtocols(broker);
        Object production = Jars.field(type, "LATEST_PRODUCTION");
        Object minimum = Jars.field(type, "MINIMUM_VERSION", "MINIMUM_KRAFT_VERSION");
        boolean ready = true;
        for (Object version : type.getEnumConstants()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("level", ((Number) Jars.get(version, "featureLevel")).intValue());
            facts.put("name", versionName(version));
            facts.put("changed", Jars.get(version, "didMetadataChange"));
            facts.put("production", ready);
            if (version == minimum) facts.put("minimum", true);
            if (version == production) ready = false;
            versions.add(facts);
        }
        return versions;
    }

    private static String versionName(Object version) throws Exception {
        return Jars.get(version, "version").toString();
    }

    private static List<Map<String, Object>> interBrokerProtocols(Jars broker) throws Exception {
        List<Map<String, Object>> versions = new ArrayList<>();
        Class<?> type = broker.find("kafka.api.ApiVersion$");
        Object all = Jars.call(type, "allVersions");
        for (int at = 0, size = (Integer) all.getClass().getMethod("size").invoke(all); at < size; at++) {
            Object version = all.getClass().getMethod("apply", int.class).invoke(all, at);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("level", -1);
            facts.put("name", Jars.get(version, "version").toString());
            versions.add(facts);
        }
        return versions;
    }

    /** Levels of each feature, with the metadata version at which a level becomes the default of a new cluster. */
    static List<Map<String, Object>> features(Jars broker) throws Exception {
        List<Map<String, Object>> features = new ArrayList<>();
        for (String name : List.of("org.apache.kafka.server.common.Feature", "org.apache.kafka.server.common.Features")) {
            Class<?> type = broker.find(name);
            if (type == null || !type.isEnum()) continue;
            for (Object feature : type.getEnumConstants()) {
                String featureName = Jars.get(feature, "featureName").toString();
                if (featureName.startsWith("test.") || featureName.startsWith("unit.test.")) continue;
                Object production = Jars.get(feature, "latestProduction");
                for (Object version : (Object[]) Jars.get(feature, "featureVersions")) {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("name", featureName);
                    facts.put("level", ((Number) Jars.get(version, "featureLevel")).intValue());
                    facts.put("bootstrap", versionName(Jars.get(version, "bootstrapMetadataVersion")));
                    Object needs = Jars.get(version, "dependencies");
                    if (needs != null && !((Map<?, ?>) needs).isEmpty()) facts.put("needs", new java.util.TreeMap<>((Map<?, ?>) needs));
                    facts.put("production", production == null || level(production) >= level(version));
                    features.add(facts);
                }
            }
            break;
        }
        features.sort((a, b) -> (a.get("name") + " " + (1000 + (Integer) a.get("level"))).compareTo(b.get("name") + " " + (1000 + (Integer) b.get("level"))));
        return features;
    }

    /** A feature version's level; some releases hand out the level itself. */
    private static int level(Object version) throws Exception {
        if (version instanceof Number level) return level.intValue();
        return ((Number) Jars.get(version, "featureLevel")).intValue();
    }
}
