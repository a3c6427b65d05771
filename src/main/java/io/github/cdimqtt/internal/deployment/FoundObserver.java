package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.internal.dispatch.MessageObserver;
import java.util.List;

/**
 * An observer of messages that discovery found. Immutable.
 *
 * @param injected its injected parameters
 */
public record FoundObserver(MessageObserver observer, List<InjectedParameter> injected) {}
