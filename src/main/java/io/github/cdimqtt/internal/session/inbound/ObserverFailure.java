package io.github.cdimqtt.internal.session.inbound;

/**
 * The failure of an observer, as others may read it.
 *
 * @param observer its location in the code, as {@code Class#method(Type)}
 * @param cause the names of the classes of what it threw, and of the causes of that: no text of an exception
 */
public record ObserverFailure(String observer, String cause) {}
