package io.github.cdimqtt.support;

import io.github.cdimqtt.internal.lite.LiteExtension;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.InvokerFactory;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;

/** The build compatible extension, which Weld itself leaves out, as it knows that there is a portable one. */
public final class LiteExtensionOnWeld implements BuildCompatibleExtension {
    private final LiteExtension extension = new LiteExtension();

    @Discovery
    public void discover(ScannedClasses classes, MetaAnnotations annotations) {
        extension.discover(classes, annotations);
    }

    @Enhancement(types = Object.class, withSubtypes = true)
    public void enhance(ClassConfig type) {
        extension.enhance(type);
    }

    @Registration(types = Object.class)
    public void collectBeans(BeanInfo bean, InvokerFactory invokers) {
        extension.collectBeans(bean, invokers);
    }

    @Registration(types = Object.class)
    public void collectObservers(ObserverInfo observer) {
        extension.collectObservers(observer);
    }

    @Synthesis
    public void register(SyntheticComponents components, Messages messages) {
        extension.register(components, messages);
    }
}
