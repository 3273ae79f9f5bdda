package kafkaupgrade;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** The jars of one artifact and all that it needs, in a class loader of their own. */
final class Jars {
    /** The artifact's name without its Scala suffix: {@code kafka}, {@code kafka-clients}. */
    final String artifact;
    /** The release that the jars are of. */
    final String release;
    /** The artifact's own jar. */
    final File own;
    /** Every jar of its class path. */
    final List<File> all = new ArrayList<>();
    private final URLClassLoader loader;

    Jars(String artifact, String release, String classpath) throws Exception {
        this.artifact = artifact;
        this.release = release;
        List<URL> urls = new ArrayList<>();
        File own = null;
        for (String path : classpath.trim().split(File.pathSeparator)) {
            File jar = new File(path);
            urls.add(jar.toURI().toURL());
            all.add(jar);
            String name = jar.getName();
            if (name.equals(artifact + "-" + release + ".jar")
                || name.matches(java.util.regex.Pattern.quote(artifact) + "_2\\.1[0-9]-" + java.util.regex.Pattern.quote(release) + "\\.jar")) {
                own = jar;
            }
        }
        if (own == null) throw new IllegalArgumentException("no jar of " + artifact + " " + release + " in its own class path");
        this.own = own;
        this.loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    /**
     * The class of that name, not yet initialised; null when there is none, or it cannot be linked. What runs
     * next on this thread finds the classes of the same artifact, as Kafka looks up defaults by their names.
     */
    Class<?> find(String name) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    /** The jar of another artifact in the class path; null when there is none. */
    File jar(String name) {
        for (File jar : all) if (jar.getName().matches(java.util.regex.Pattern.quote(name) + "-[0-9][0-9.]*\\.jar")) return jar;
        return null;
    }

    /** Value of a static field, or of the field of a Scala object; null when there is none. */
    static Object field(Class<?> owner, String... names) throws Exception {
        for (String name : names) {
            try {
                Field field = owner.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(java.lang.reflect.Modifier.isStatic(field.getModifiers()) ? null : module(owner));
            } catch (NoSuchFieldException next) {
                continue;
            }
        }
        return null;
    }

    /** Value of a method without parameters: static, or of a Scala object; null when there is none. */
    static Object call(Class<?> owner, String name) throws Exception {
        try {
            Method method = owner.getDeclaredMethod(name);
            method.setAccessible(true);
            return method.invoke(java.lang.reflect.Modifier.isStatic(method.getModifiers()) ? null : module(owner));
        } catch (NoSuchMethodException absent) {
            return null;
        }
    }

    /** Value of a method or field of an object, whichever there is; null when there is neither. */
    static Object get(Object object, String name) throws Exception {
        for (Class<?> owner = object.getClass(); owner != null; owner = owner.getSuperclass()) {
            try {
                Method method = owner.getDeclaredMethod(name);
                method.setAccessible(true);
                return method.invoke(object);
            } catch (NoSuchMethodException next) {
                try {
                    Field field = owner.getDeclaredField(name);
                    field.setAccessible(true);
                    return field.get(object);
                } catch (NoSuchFieldException further) {
                    continue;
                }
            }
        }
        return null;
    }

    private static Object module(Class<?> owner) throws Exception {
        return owner.getField("MODULE$").get(null);
    }
}
