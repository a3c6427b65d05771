package io.github.cdimqtt.internal.topic;

import io.github.cdimqtt.MqttException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A topic filter with variables, as on an observer: <code>{name}</code> is a level, <code>{name#}</code> the rest. Immutable. */
public final class TopicTemplate {
    private final String written;
    private final TopicFilter filter;
    private final List<TopicVariable> variables;
    private final List<String> names;

    private TopicTemplate(String written, TopicFilter filter, List<TopicVariable> variables) {
        this.written = written;
        this.filter = filter;
        this.variables = List.copyOf(variables);
        this.names = variables.stream().map(TopicVariable::name).toList();
    }

    /**
     * Parses the text on an observer, whose <code>${config.key}</code> are resolved.
     *
     * @throws MqttException if it is no topic filter: the message names the fault, and where it is
     */
    public static TopicTemplate parse(String written) {
        TopicText.checkCharacters(
                TopicText.FILTER, written); // before names are replaced: faults have the indices of the written text
        int start = FilterSyntax.startAfterShare(written);
        TopicVariable.rejectIn(written, 0, start);
        StringBuilder wire = new StringBuilder(written.length()).append(written, 0, start);
        List<TopicVariable> variables = new ArrayList<>();
        int level = 0;
        for (int from = start, to; from <= written.length(); from = to + 1, level++) {
            to = TopicText.endOfLevel(written, from);
            TopicVariable variable = TopicVariable.parse(written, from, to, level);
            if (level > 0) {
                wire.append('/');
            }
            if (variable == null) {
                FilterSyntax.checkLevel(written, from, to);
                wire.append(written, from, to);
            } else {
                rejectTwin(written, variable, variables);
                variables.add(variable);
                wire.append(variable.rest() ? '#' : '+');
            }
        }
        return new TopicTemplate(written, TopicFilter.of(wire.toString()), variables);
    }

    private static void rejectTwin(String written, TopicVariable variable, List<TopicVariable> before) {
        for (TopicVariable other : before) {
            if (other.name().equals(variable.name())) {
                throw FilterSyntax.fault(written, "the name '" + variable.name() + "' occurs twice");
            }
        }
    }

    /** Returns it as it was written. */
    public String written() {
        return written;
    }

    /** Returns the filter that is sent. */
    public TopicFilter filter() {
        return filter;
    }

    /** Returns the names of the variables, in the order of their levels. */
    public List<String> names() {
        return names;
    }

    /**
     * Returns the value of each variable, immutable; that of <code>{name#}</code> is empty at the parent level.
     *
     * @param topic a topic that the filter matches
     * @throws MqttException if it has fewer levels than the filter
     */
    public Map<String, String> params(String topic) {
        if (variables.isEmpty()) {
            return Map.of();
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map.Entry<String, String>[] params = new Map.Entry[variables.size()];
        int level = 0;
        int from = 0;
        for (int i = 0; i < params.length; i++) {
            TopicVariable variable = variables.get(i);
            for (; level < variable.level(); level++) {
                from = TopicText.endOfLevel(topic, from) + 1;
            }
            params[i] = Map.entry(variable.name(), variable.valueIn(topic, from));
        }
        return Map.ofEntries(params);
    }

    /** Returns it as it was written. */
    @Override
    public String toString() {
        return written;
    }
}
