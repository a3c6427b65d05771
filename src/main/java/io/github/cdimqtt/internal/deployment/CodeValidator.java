package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.dispatch.ObserverBinding;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import io.github.cdimqtt.internal.reporting.Problems;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Validates the code of an application, whatever its configuration. */
public final class CodeValidator {
    private static final String EXPRESSION = "${";

    private CodeValidator() {}

    /**
     * Returns what is wrong in the code of an application that is built, when nobody knows its configuration. Topic filters with
     * expressions are validated at the start.
     *
     * @param brokers the names of the connections in the code
     * @param convertible whether there may be a converter for a type, besides the built-in ones and JSON-B
     */
    public static List<Problem> problems(Discovered found, Collection<String> brokers, Predicate<Type> convertible) {
        Problems problems = new Problems();
        Converters known = Converters.of(null);
        ObserverValidator observers = new ObserverValidator(
                written -> written.contains(EXPRESSION) ? null : written,
                Map.of(),
                known,
                type -> known.promise(type) || convertible.test(type),
                problems);
        List<MessageObserver> bound = new ArrayList<>();
        for (FoundObserver each : found.observers()) {
            ObserverBinding binding = observers.validate(each);
            if (binding != null) {
                each.observer().bind(binding);
                bound.add(each.observer());
            }
        }
        validate(found, problems);
        for (String broker : brokers) {
            SharedOverlapValidator.validate(
                    broker, bound.stream().filter(each -> each.observes(broker)).toList(), problems);
        }
        return problems.all();
    }

    /** Finds what is never called, and what is injected where there is no message. */
    static void validate(Discovered found, Problems problems) {
        UnreachableObserverValidator reach = new UnreachableObserverValidator(problems);
        found.observers().forEach(each -> reach.validate(each.observer()));
        found.others().forEach(reach::validate);
        StrayAnnotationValidator.validate(found, problems);
        for (String location : found.strayVariables()) {
            problems.add(
                    MessageId.STRAY_INJECTION,
                    location + ": @TopicParam has a value only in an observer of messages; move it to one");
        }
        for (String location : found.strayMessages()) {
            problems.add(
                    MessageId.STRAY_INJECTION,
                    location
                            + ": an MqttMessage can be injected only into an observer of messages; observe it instead");
        }
    }
}
