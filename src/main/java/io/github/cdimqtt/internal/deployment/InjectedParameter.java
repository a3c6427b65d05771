package io.github.cdimqtt.internal.deployment;

import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an observer of messages besides what is observed.
 *
 * @param variable the topic variable that it asks for; null if it asks for a bean
 * @param type as it is in the class of the bean
 * @param fault why it can't be injected; null if it can, or is a topic variable. Asked once all beans are known
 */
public record InjectedParameter(
        String location, @Nullable String variable, Type type, Supplier<@Nullable String> fault) {}
