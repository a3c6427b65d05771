package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.dispatch.ObserverWrapper;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.util.List;

/** What the build compatible extension knows of an application that runs. */
public final class TestedLiteFront {
    private TestedLiteFront() {}

    public static BeanLookup beans(TestContainer container) {
        BeanContainer beans = container.get(BeanContainer.class);
        return new BeanLookup(beans, List.copyOf(beans.getBeans(Object.class, Any.Literal.INSTANCE)));
    }

    public static Container container(TestContainer container) {
        return new LiteContainer(container.get(BeanContainer.class), observers(container));
    }

    public static List<ObserverWrapper<?>> observers(TestContainer container) {
        return container.get(LiteApplication.class).observers();
    }
}
