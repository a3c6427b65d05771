package io.github.cdimqtt.internal.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.concurrent.ThreadPools;
import io.github.cdimqtt.internal.config.ApplicationName;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.convert.JsonbConverter;
import io.github.cdimqtt.internal.deployment.DeploymentPlan;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections when they are made and after the application has ended. */
@Tag("container")
class ConnectionsTest {
    private final TestContainer container = TestContainer.start(Map.of("mqtt.enabled", "false"), Degrees.class);
    private final BeanLookup beans = TestedFront.beans(container);
    private final Converters converters = new Converters(beans, JsonbConverter.ifPresent());

    @TempDir
    Path directory;

    private Connections connections() {
        return connections("me", new ApplicationName("app", true));
    }

    private Connections connections(String clientId, ApplicationName application) {
        MqttConfig config = MqttConfig.builder()
                .enabled(false)
                .clientId(clientId)
                .persistenceDirectory(directory)
                .build();
        DeploymentPlan plan = new DeploymentPlan(
                List.of(), Set.of(), Set.of("default"), Map.of("default", config), converters, true, application);
        ApplicationThreads threads = new ApplicationThreads();
        ThreadPools threadPools = new ThreadPools(threads::plain, threads, threads.ready());
        return new Connections(
                plan, beans, TestedFront.container(container), new ObserverIsolation(), threadPools, threads);
    }

    public record Oven(@JsonbTypeAdapter(Degrees.class) Double celsius) {}

    /** JSON-B obtains it from the container, which destroys it when JSON-B is closed. */
    @Dependent
    public static class Degrees implements JsonbAdapter<Double, String> {
        static final List<String> LIFE = new CopyOnWriteArrayList<>();

        @PostConstruct
        void begin() {
            LIFE.add("begun");
        }

        @PreDestroy
        void end() {
            LIFE.add("ended");
        }

        @Override
        public String adaptToJson(Double celsius) {
            return celsius + " C";
        }

        @Override
        public Double adaptFromJson(String text) {
            return Double.valueOf(text.replace(" C", ""));
        }
    }

    @AfterEach
    void undeploy() {
        container.close();
    }

    @Test
    void connection_afterTheEnd_isNotMade() {
        Connections ended = connections();
        ended.stop();

        assertThatThrownBy(() -> ended.get("default"))
                .isInstanceOf(MqttException.class)
                .hasMessage("the application has ended: the connection 'default' is not made any more");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void connection_releasesItsFilesAtTheEnd() {
        Connections first = connections();
        assertThat(first.get("default").clientId()).isEqualTo("me");
        first.stop();
        assertThat(first.get("default").isConnected()).isFalse();

        Connections second = connections();
        assertThat(second.get("default").clientId()).isEqualTo("me");
        second.stop();
    }

    @Test
    void clientId_withAGuessedName_isAWarning() {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt")) {
            Connections connections = connections("{app}-1", new ApplicationName("shop", false));
            assertThat(connections.get("default").clientId()).isEqualTo("shop-1");
            connections.stop();
            assertThat(log.lines()).singleElement().asString().startsWith("WARNING MQTT-129: {app} stands for 'shop'");
        }
    }

    @Test
    void jsonB_isClosedAtTheEnd() throws Exception {
        Degrees.LIFE.clear();
        Connections connections = connections();
        assertThat(new String(converters.write(new Oven(180.0)), UTF_8)).isEqualTo("{\"celsius\":\"180.0 C\"}");
        assertThat(Degrees.LIFE).containsExactly("begun");

        connections.stop();

        assertThat(Degrees.LIFE).containsExactly("begun", "ended");
    }

    @Test
    void start_afterTheEnd_doesNothing() {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt")) {
            Connections ended = connections();
            ended.stop();
            ended.start();

            assertThat(log.lines()).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }
}
