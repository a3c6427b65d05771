package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationNameTest {
    private static final MqttConfig OF_THE_APPLICATION =
            MqttConfig.builder().clientId("{app}-{host}").build();

    @ParameterizedTest
    @EnumSource
    void nameThatQuarkusGives_isUsed(Sources sources) {
        ConfigReader reader =
                new ProblemRecorder().reader(sources.of(Map.of(ApplicationName.OF_QUARKUS, "climate"), Map.of()));
        assertThat(ApplicationName.find(ApplicationNameTest.class, reader))
                .isEqualTo(new ApplicationName("climate", true));
    }

    @ParameterizedTest
    @CsvSource({
        "com.example.House --port 1, House",
        "House, House",
        "/opt/app/house.jar --x=/y.z, house",
        "C:\\app\\house.jar, house",
        "house-1.2.jar, house-1.2",
        "'', app"
    })
    void command_isCutDownToWhatWasStarted(String command, String name) {
        assertThat(ApplicationName.of("file:/opt/app/house.jar", command, true))
                .isEqualTo(new ApplicationName(name, true));
    }

    @ParameterizedTest
    @CsvSource({
        "file:/wlp/usr/servers/s/apps/shop.war, shop", // Open Liberty
        "wsjar:file:/apps/shop.war!/WEB-INF/classes, shop",
        "file:/apps/expanded/shop.war/WEB-INF/classes/, shop",
        "file:/apps/all.ear/shop.war!/WEB-INF/lib/beans.jar, all",
        "file:/apps/all.ear!/lib/beans.jar, all",
        "file:/tomcat/webapps/shop/WEB-INF/classes/, shop",
        "file:/home/me/shop/target/classes/, ws-server",
        "null, ws-server"
    })
    void withoutNaming_aServersCommandIsTheLastThatCounts(String location, String name) {
        assertThat(ApplicationName.of(location, "/wlp/bin/tools/ws-server.jar shop", false))
                .isEqualTo(new ApplicationName(name, false));
    }

    @Test
    void jarThatHasAClassLoaderOfItsOwn_isNoServer() {
        assertThat(ApplicationName.of("jar:file:/opt/house.jar!/BOOT-INF/classes/!/", "/opt/house.jar", false))
                .isEqualTo(new ApplicationName("house", true));
    }

    @Test
    void guess_isToldWhereItIsFilledIn() {
        assertThat(new ApplicationName("shop", false).doubt(OF_THE_APPLICATION))
                .isEqualTo("{app} stands for 'shop', which is a guess, as the server does not say what the"
                        + " application is called (java:app/AppName; on Open Liberty that needs the feature"
                        + " jndi-1.0): applications that come to the same client id disconnect each other; write"
                        + " a name in place of {app}");
        assertThat(new ApplicationName("shop", true).doubt(OF_THE_APPLICATION)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"last-will.topic", "presence.topic", "dead-letter-topic"})
    void guess_inATopic_isToldToo(String key) {
        ApplicationName guess = new ApplicationName("shop", false);
        assertThat(guess.doubt(SettingTest.config(key + "=t/{app}"))).startsWith("{app} stands for");
        assertThat(guess.doubt(SettingTest.config(key + "=t/{host}"))).isNull();
    }
}
