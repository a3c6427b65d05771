package io.github.cdimqtt.internal.portable;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.extension.MqttExtension;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.dispatch.ObserverCollector;
import io.github.cdimqtt.internal.dispatch.ObserverWrapper;
import io.github.cdimqtt.internal.lite.TestedLiteFront;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;

/** What the extension knows of an application that runs, whichever of the two it is. */
public final class TestedFront {
    private TestedFront() {}

    /** Returns the beans that it has found. */
    public static BeanLookup beans(TestContainer container) {
        if (TestContainer.isLite()) {
            return TestedLiteFront.beans(container);
        }
        PortableExtension extension = container.se().getBeanManager().getExtension(MqttExtension.class);
        return requireNonNull(extension.beanLookup());
    }

    public static Container container(TestContainer container) {
        return TestContainer.isLite()
                ? TestedLiteFront.container(container)
                : new PortableContainer(container.se().getBeanManager());
    }

    /** Returns the observers that it has taken over, of an application that has {@link ObserverCollector}. */
    public static List<ObserverWrapper<?>> observers(TestContainer container) {
        BeanManager beans = container.se().getBeanManager();
        return TestContainer.isLite()
                ? TestedLiteFront.observers(container)
                : beans.getExtension(ObserverCollector.class).wrappers();
    }
}
