package io.github.cdimqtt.internal.beans;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.text.TypeName;
import jakarta.enterprise.context.Conversation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.UnproxyableResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The beans of one application, and the references to them that are held until it ends. The beans are those that the container
 * announced: on Payara and GlassFish, and in an EAR, the {@link BeanContainer} of a library finds none of the application's. The
 * container resolves ambiguities. Thread-safe.
 */
public final class BeanLookup {
    private final BeanContainer beans;
    private final List<Bean<?>> announced;
    private final Deque<CreationalContext<?>> references = new ArrayDeque<>(); // guarded by this

    public BeanLookup(BeanContainer beans, List<Bean<?>> announced) {
        this.beans = beans;
        this.announced = List.copyOf(announced);
    }

    /** Returns whether there are beans of the request scope. Weld announces the conversation, which it has built in. */
    public boolean hasRequestScoped() {
        return announced.stream()
                .anyMatch(bean -> bean.getScope() == RequestScoped.class
                        && !bean.getTypes().contains(Conversation.class));
    }

    /** Returns the names of the connections that have a bean of a type. */
    public Set<String> brokersWith(Class<?> type) {
        return candidates(type, Any.Literal.INSTANCE).stream()
                .map(Bean::getQualifiers)
                .filter(all -> all.stream().anyMatch(each -> each instanceof MqttBroker || each instanceof Default))
                .map(BeanLookup::brokerOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the bean of a type for a connection; null if there is none.
     *
     * @throws AmbiguousResolutionException if there are several, and none of them takes precedence
     */
    @Nullable
    public Bean<?> of(String broker, Class<?> type) {
        for (Annotation qualifier : qualifiers(broker)) {
            Set<Bean<?>> candidates = candidates(type, qualifier);
            if (!candidates.isEmpty()) {
                return resolve(candidates);
            }
        }
        return null;
    }

    private static List<Annotation> qualifiers(String broker) {
        return broker.equals(MqttBroker.DEFAULT)
                ? List.of(MqttBroker.Literal.of(broker), Default.Literal.INSTANCE)
                : List.of(MqttBroker.Literal.of(broker));
    }

    /** Returns the names of the classes whose beans of a type are candidates for a connection. */
    public List<String> candidateClasses(String broker, Class<?> type) {
        return qualifiers(broker).stream()
                .map(qualifier -> candidates(type, qualifier))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(Set.of())
                .stream()
                .map(bean -> bean.getBeanClass().getSimpleName())
                .sorted()
                .toList();
    }

    /** Returns a reference to the bean of a type for a connection; null if there is none. */
    public <T> @Nullable T reference(String broker, Class<T> type) {
        Bean<?> bean = of(broker, type);
        return bean == null ? null : type.cast(reference(bean, type));
    }

    /** Returns a reference to the bean of a type with a name; null if there is none. */
    public <T> @Nullable T named(String name, Class<T> type) {
        Set<Bean<?>> found = namedCandidates(name, type);
        Bean<?> bean = found.isEmpty() ? null : resolve(found);
        return bean == null ? null : type.cast(reference(bean, type));
    }

    /** Returns whether there is a bean of a type with a name. */
    public boolean hasNamed(String name, Class<?> type) {
        return !namedCandidates(name, type).isEmpty();
    }

    private Set<Bean<?>> namedCandidates(String name, Class<?> type) {
        Set<Bean<?>> found = candidates(type, Any.Literal.INSTANCE);
        found.removeIf(bean -> !name.equals(bean.getName()));
        return found;
    }

    /**
     * Returns the beans of a class or interface with any type arguments. Among beans with the same type arguments an alternative
     * replaces the others, as it does for injection.
     */
    public List<Bean<?>> all(Class<?> type, Annotation qualifier) {
        Set<Bean<?>> found = candidates(type, qualifier);
        return found.stream()
                .filter(bean -> found.stream().noneMatch(other -> isPreferred(other, bean, type)))
                .toList();
    }

    private boolean isPreferred(Bean<?> other, Bean<?> bean, Class<?> type) {
        try {
            return other != bean
                    && Objects.equals(typeOf(other, type), typeOf(bean, type))
                    && other.equals(resolve(new LinkedHashSet<>(Arrays.asList(bean, other))));
        } catch (AmbiguousResolutionException equals) {
            return false;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // of beans that have one type in common
    private @Nullable Bean<?> resolve(Set<Bean<?>> candidates) {
        return beans.resolve((Set) candidates);
    }

    private Set<Bean<?>> candidates(Class<?> type, Annotation qualifier) {
        return announced.stream()
                .filter(bean -> typeOf(bean, type) != null && has(bean, qualifier))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Containers may leave {@code @Any} out. */
    private static boolean has(Bean<?> bean, Annotation qualifier) {
        return qualifier instanceof Any || bean.getQualifiers().stream().anyMatch(qualifier::equals);
    }

    /** Returns the bean type that is a class or interface, perhaps with type arguments; null if the bean has none. */
    public static @Nullable Type typeOf(Bean<?> bean, Class<?> type) {
        return bean.getTypes().stream()
                .filter(each -> each == type || each instanceof ParameterizedType p && p.getRawType() == type)
                .findFirst()
                .orElse(null);
    }

    /** Returns whether there are beans of this type, with any qualifiers, that the bean manager does not find. */
    public boolean areHidden(Type type) {
        Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
        return raw instanceof Class<?> wanted
                && !beans.getBeans(Object.class, Any.Literal.INSTANCE)
                        .containsAll(candidates(wanted, Any.Literal.INSTANCE));
    }

    /**
     * Returns why there can be no reference to a bean; null if there can be one. Creates no instance: a reference to a bean of
     * a normal scope is a client proxy, which is made before the instance.
     */
    @Nullable
    public String unproxyable(Bean<?> bean, Type type) {
        if (!beans.isNormalScope(bean.getScope())) {
            return null;
        }
        CreationalContext<?> context = beans.createCreationalContext(bean);
        try {
            beans.getReference(bean, type, context);
            return null;
        } catch (UnproxyableResolutionException e) {
            return TypeName.of(bean.getBeanClass()) + ": its bean of type " + TypeName.of(type)
                    + " can't be had, as no client proxy can be made of it, which @"
                    + bean.getScope().getSimpleName() + " needs; make it @Dependent ("
                    + Printable.of(String.valueOf(e.getMessage()).replaceAll("\\s+", " ")) + ")";
        } finally {
            context.release();
        }
    }

    /**
     * Returns what obtains the reference to the bean of a type for the default connection; null if there is none.
     *
     * @throws AmbiguousResolutionException if there are several, and none of them takes precedence
     * @throws UnproxyableResolutionException if it has no client proxy
     */
    public <T> @Nullable Supplier<T> source(Class<T> type) {
        Bean<?> bean = of(MqttBroker.DEFAULT, type);
        String fault = bean == null ? null : unproxyable(bean, type);
        if (fault != null) {
            throw new UnproxyableResolutionException(fault);
        }
        return bean == null ? null : () -> type.cast(reference(bean, type));
    }

    /** Returns a reference to a bean, held until the application ends. */
    public Object reference(Bean<?> bean, Type type) {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        synchronized (this) {
            references.push(context);
        }
        return beans.getReference(bean, type, context);
    }

    /** Releases all references, so that the container destroys their dependent objects. */
    public void release() {
        for (CreationalContext<?> next = pop(); next != null; next = pop()) {
            try {
                next.release();
            } catch (RuntimeException e) { // from a @PreDestroy method or a disposer
                Log.write(MessageId.BEAN_NOT_DESTROYED, "a bean of the application failed when it was destroyed", e);
            }
        }
    }

    private synchronized @Nullable CreationalContext<?> pop() {
        return references.poll();
    }

    /** Returns the name of the connection among qualifiers; the default one if there is none. */
    public static String brokerOf(Set<Annotation> qualifiers) {
        return qualifiers.stream()
                .filter(MqttBroker.class::isInstance)
                .map(broker -> ((MqttBroker) broker).value())
                .findFirst()
                .orElse(MqttBroker.DEFAULT);
    }
}
