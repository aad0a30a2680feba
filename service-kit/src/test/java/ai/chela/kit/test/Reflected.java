package ai.chela.kit.test;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds what is registered for reflection to what JSON needs of it: in a native executable a record that is not registered
 * can be neither read nor written, and nothing says so before it comes.
 */
public final class Reflected {
    private static final String OURS = "ai.chela.";

    private Reflected() {}

    /**
     * The records, enums and sealed interfaces that JSON meets in these, themselves included.
     *
     * @param within only those of this package and of packages in it: each module registers its own
     */
    public static Set<Class<?>> inJsonOf(String within, Class<?>... roots) {
        Set<Class<?>> found = new TreeSet<>(Comparator.comparing(Class::getName));
        for (Class<?> root : roots) look(root, found);
        found.removeIf(type -> !(type.getPackageName() + ".").startsWith(within + "."));
        return found;
    }

    /** Those of {@code needed} that none of the holders registers, by itself or as part of what it is nested in. */
    public static Set<Class<?>> missing(Set<Class<?>> needed, Class<?>... holders) {
        Set<Class<?>> missing = new TreeSet<>(Comparator.comparing(Class::getName));
        for (Class<?> type : needed) if (!isRegistered(type, holders)) missing.add(type);
        return missing;
    }

    private static boolean isRegistered(Class<?> type, Class<?>... holders) {
        for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
            RegisterForReflection own = around.getAnnotation(RegisterForReflection.class);
            if (own != null && own.targets().length == 0) return true;
            for (Class<?> holder : holders) if (names(holder, around)) return true;
        }
        return false;
    }

    private static boolean names(Class<?> holder, Class<?> type) {
        RegisterForReflection registered = holder.getAnnotation(RegisterForReflection.class);
        if (registered == null)
            throw new IllegalArgumentException(holder + " has no annotation that registers anything");
        return Set.of(registered.targets()).contains(type);
    }

    private static void look(Type type, Set<Class<?>> found) {
        switch (type) {
            case Class<?> array when array.isArray() -> look(array.getComponentType(), found);
            case Class<?> one -> look(one, found);
            case ParameterizedType generic -> {
                look(generic.getRawType(), found);
                for (Type argument : generic.getActualTypeArguments()) look(argument, found);
            }
            case WildcardType any -> {
                for (Type bound : any.getUpperBounds()) look(bound, found);
            }
            default -> throw new IllegalArgumentException(type + " is not looked at");
        }
    }

    private static void look(Class<?> type, Set<Class<?>> found) {
        if (!type.getName().startsWith(OURS) || !found.add(type) || type.isEnum()) return;
        if (type.isRecord())
            for (RecordComponent component : type.getRecordComponents()) look(component.getGenericType(), found);
        if (type.isSealed()) for (Class<?> kind : type.getPermittedSubclasses()) look(kind, found);
    }
}
