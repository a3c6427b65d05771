package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.internal.deployment.Discovered;
import io.github.cdimqtt.internal.deployment.Discovered.Named;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanBuilder;
import jakarta.enterprise.inject.literal.NamedLiteral;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the build hands over to the application that runs: the parameters of a bean, each with a key. */
final class Handover {
    private Handover() {}

    /** Writes all but the observers. */
    static void write(CodeSummary code, SyntheticBeanBuilder<?> bean) {
        bean.withParam("parts", parts(code.observers()).size());
        bean.withParam("observedEvents", code.observedEvents().toArray(Class<?>[]::new));
        bean.withParam("injected", code.injected().toArray(String[]::new));
        write(code.named(), "named", bean);
        write(code.testBrokers(), "testBrokers", bean);
        bean.withParam("observesRequestScope", code.observesRequestScope());
        bean.withParam("applicationClass", code.applicationClass());
    }

    /** Returns the observers in parts, each for a bean of its own. */
    static List<List<ObserverDefinition>> parts(List<ObserverDefinition> observers) {
        List<List<ObserverDefinition>> parts = new ArrayList<>();
        for (int i = 0; i < observers.size(); i += ObserverDefinitions.MOST) {
            parts.add(observers.subList(i, Math.min(observers.size(), i + ObserverDefinitions.MOST)));
        }
        return parts;
    }

    static void writeObservers(List<ObserverDefinition> observers, SyntheticBeanBuilder<?> bean) {
        bean.withParam("observers", observers.size());
        for (int i = 0; i < observers.size(); i++) {
            write(observers.get(i), i + ".", bean);
        }
    }

    private static void write(List<Named> named, String key, SyntheticBeanBuilder<?> bean) {
        bean.withParam(key, named.stream().map(Named::broker).toArray(String[]::new));
        bean.withParam(key + ".locations", named.stream().map(Named::location).toArray(String[]::new));
    }

    private static void write(ObserverDefinition observer, String prefix, SyntheticBeanBuilder<?> bean) {
        bean.withParam(prefix + "class", observer.beanClass())
                .withParam(prefix + "location", observer.location())
                .withParam(prefix + "ofMessages", observer.ofMessages())
                .withParam(prefix + "qualifiers", qualifiers(observer))
                .withParam(prefix + "foreign", observer.foreign())
                .withParam(prefix + "any", observer.any())
                .withParam(prefix + "async", observer.async())
                .withParam(prefix + "priority", observer.priority())
                .withParam(prefix + "phase", observer.phase().name())
                .withParam(prefix + "arguments", observer.arguments().size());
        write(observer.observedType(), prefix + "type", bean);
        for (int i = 0; i < observer.arguments().size(); i++) {
            ObserverDefinition.Argument argument = observer.arguments().get(i);
            String key = prefix + i;
            bean.withParam(key + ".source", argument.source().name()).withParam(key + ".location", argument.location());
            if (argument.variable() != null) {
                bean.withParam(key + ".variable", argument.variable());
                write(argument.type(), key + ".type", bean);
            }
        }
    }

    /** Those of the application may have classes that the class of a bean of cdi-mqtt does not see. */
    private static Annotation[] qualifiers(ObserverDefinition observer) {
        return observer.qualifiers().stream()
                .filter(each -> !Discovered.isForeign(each))
                .toArray(Annotation[]::new);
    }

    private static void write(Type type, String key, SyntheticBeanBuilder<?> bean) {
        TypeTree tree = TypeTree.of(type);
        bean.withParam(key, tree.nodes())
                .withParam(key + ".classes", tree.classes().toArray(Class<?>[]::new));
    }

    static List<ObserverDefinition> readObservers(Parameters all) {
        List<ObserverDefinition> observers = new ArrayList<>();
        for (int i = 0; i < all.get("observers", Integer.class); i++) {
            observers.add(readObserver(i + ".", all));
        }
        return List.copyOf(observers);
    }

    static CodeSummary read(Parameters all, Instance<Object> beans) {
        List<ObserverDefinition> observers = new ArrayList<>();
        for (int i = 0; i < all.get("parts", Integer.class); i++) {
            observers.addAll(beans.select(ObserverDefinitions.class, NamedLiteral.of(ObserverDefinitions.name(i)))
                    .get()
                    .all());
        }
        return new CodeSummary(
                List.copyOf(observers),
                List.of(all.get("observedEvents", Class[].class)),
                List.of(all.get("injected", String[].class)),
                readNamed("named", all),
                readNamed("testBrokers", all),
                all.get("observesRequestScope", Boolean.class),
                all.get("applicationClass", Class.class));
    }

    private static List<Named> readNamed(String key, Parameters all) {
        String[] brokers = all.get(key, String[].class);
        String[] locations = all.get(key + ".locations", String[].class);
        List<Named> named = new ArrayList<>();
        for (int i = 0; i < brokers.length; i++) {
            named.add(new Named(brokers[i], locations[i]));
        }
        return List.copyOf(named);
    }

    private static ObserverDefinition readObserver(String prefix, Parameters all) {
        List<ObserverDefinition.Argument> arguments = new ArrayList<>();
        for (int i = 0; i < all.get(prefix + "arguments", Integer.class); i++) {
            String key = prefix + i;
            String variable = all.get(key + ".variable", String.class);
            arguments.add(new ObserverDefinition.Argument(
                    ObserverDefinition.Source.valueOf(all.get(key + ".source", String.class)),
                    all.get(key + ".location", String.class),
                    variable,
                    variable == null ? Object.class : readType(key + ".type", all)));
        }
        return new ObserverDefinition(
                all.get(prefix + "class", Class.class),
                all.get(prefix + "location", String.class),
                all.get(prefix + "ofMessages", Boolean.class),
                readType(prefix + "type", all),
                Set.of(all.get(prefix + "qualifiers", Annotation[].class)),
                all.get(prefix + "foreign", Boolean.class),
                all.get(prefix + "any", Boolean.class),
                all.get(prefix + "async", Boolean.class),
                all.get(prefix + "priority", Integer.class),
                TransactionPhase.valueOf(all.get(prefix + "phase", String.class)),
                List.copyOf(arguments));
    }

    private static Type readType(String key, Parameters all) {
        return new TypeTree(List.of(all.get(key + ".classes", Class[].class)), all.get(key, String.class)).type();
    }
}
