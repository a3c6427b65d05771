package io.github.cdimqtt.extension;

import io.github.cdimqtt.internal.portable.PortableExtension;

/**
 * The portable extension that is cdi-mqtt, to be named where a container looks for none by itself: in
 * {@code @AddExtensions(MqttExtension.class)} of weld-junit, or in {@code SeContainerInitializer.addExtensions} after
 * {@code disableDiscovery()}. Elsewhere the container finds it, and nobody names it.
 *
 * <p>An instance is for one bean container, which alone calls it; an application has nothing to call. A container that has
 * found it and is given it too takes one of them.
 */
public final class MqttExtension extends PortableExtension {}
