package io.github.cdimqtt.internal.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** The start is observed with a class of a web application rather than with one of the libraries it shares. */
class ApplicationClassTest {
    private final ApplicationClass application = new ApplicationClass();
    private final ClassLoader earLoader = loader(getClass().getClassLoader());
    private final Class<?> library = type(earLoader);
    private final Class<?> war = type(loader(earLoader));
    private final Class<?> otherWar = type(loader(earLoader));

    @Test
    void classOfAWebApplication_isTaken_inWhicheverOrderTheyAreFound() {
        application.observes(library);
        application.observes(war);
        assertThat(application.get()).isEqualTo(war);
        application.observes(library);
        assertThat(application.get()).isEqualTo(war);
    }

    @Test
    void publisherOfAWebApplication_isTaken_ratherThanAnObserverOfALibrary() {
        application.publishes(war);
        application.publishes(library);
        application.observes(library);
        assertThat(application.get()).isEqualTo(war);
    }

    @Test
    void observer_isTaken_ratherThanAPublisherBesideIt() {
        application.observes(war);
        application.publishes(otherWar);
        application.publishes(library);
        assertThat(application.get()).isEqualTo(war);
    }

    @Test
    void classOfALibrary_isTaken_whereThereIsNoOther() {
        application.publishes(library);
        assertThat(application.get()).isEqualTo(library);
    }

    @Test
    void extension_standsInForAnApplicationThatIsNotKnown_orOfTheJdk() {
        assertThat(application.get()).isEqualTo(PortableExtension.class);
        application.observes(Runnable.class);
        assertThat(application.get()).isEqualTo(PortableExtension.class);
    }

    private static ClassLoader loader(ClassLoader parent) {
        return new URLClassLoader(new URL[0], parent);
    }

    private static Class<?> type(ClassLoader loader) {
        return Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null)
                .getClass();
    }
}
