package io.github.cdimqtt.internal.portable;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.extension.MqttExtension;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.support.TestContainer;

/** The beans of the application that the extension has found. */
public final class FoundBeans {
    private FoundBeans() {}

    public static BeanLookup in(TestContainer container) {
        PortableExtension extension = container.se().getBeanManager().getExtension(MqttExtension.class);
        return requireNonNull(extension.beanLookup());
    }
}
