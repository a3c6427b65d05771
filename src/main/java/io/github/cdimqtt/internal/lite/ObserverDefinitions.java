package io.github.cdimqtt.internal.lite;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.util.List;

/**
 * Some of the observers of an application: ArC puts the parameters of a bean into one method, whose length is limited. Immutable.
 *
 * @param all in the order of their numbers
 */
public record ObserverDefinitions(List<ObserverDefinition> all) {
    /** How many of them are in one bean, at most. */
    static final int MOST = 20;

    /** Makes it. */
    public static final class Creator implements SyntheticBeanCreator<ObserverDefinitions> {
        @Override
        public ObserverDefinitions create(Instance<Object> beans, Parameters parameters) {
            return new ObserverDefinitions(Handover.readObservers(parameters));
        }
    }

    /** Returns the name of a bean with some of them. */
    static String name(int part) {
        return "io.github.cdimqtt.observers-" + part;
    }
}
