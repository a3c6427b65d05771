package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 260 observers: what the build knows of them is more than one method of a class file can hold. */
class ManyIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(ManyIT.class);

    abstract static class Base {
        void on0(@Observes @MqttTopic("many/0/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 0");
        }

        void on1(@Observes @MqttTopic("many/1/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 1");
        }

        void on2(@Observes @MqttTopic("many/2/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 2");
        }

        void on3(@Observes @MqttTopic("many/3/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 3");
        }

        void on4(@Observes @MqttTopic("many/4/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 4");
        }

        void on5(@Observes @MqttTopic("many/5/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 5");
        }

        void on6(@Observes @MqttTopic("many/6/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 6");
        }

        void on7(@Observes @MqttTopic("many/7/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 7");
        }

        void on8(@Observes @MqttTopic("many/8/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 8");
        }

        void on9(@Observes @MqttTopic("many/9/{x}/{y}/{z}") double value, @TopicParam("x") String x, @TopicParam("y") long y, @TopicParam("z") String z, Heard heard) {
            heard.add(getClass().getSimpleName().charAt(0) + " 9");
        }
    }

    @Singleton
    static class A extends Base {}

    @Singleton
    static class B extends Base {}

    @Singleton
    static class C extends Base {}

    @Singleton
    static class D extends Base {}

    @Singleton
    static class E extends Base {}

    @Singleton
    static class F extends Base {}

    @Singleton
    static class G extends Base {}

    @Singleton
    static class H extends Base {}

    @Singleton
    static class I extends Base {}

    @Singleton
    static class J extends Base {}

    @Singleton
    static class K extends Base {}

    @Singleton
    static class L extends Base {}

    @Singleton
    static class M extends Base {}

    @Singleton
    static class N extends Base {}

    @Singleton
    static class O extends Base {}

    @Singleton
    static class P extends Base {}

    @Singleton
    static class Q extends Base {}

    @Singleton
    static class R extends Base {}

    @Singleton
    static class S extends Base {}

    @Singleton
    static class T extends Base {}

    @Singleton
    static class U extends Base {}

    @Singleton
    static class V extends Base {}

    @Singleton
    static class W extends Base {}

    @Singleton
    static class X extends Base {}

    @Singleton
    static class Y extends Base {}

    @Singleton
    static class Z extends Base {}

    @Inject
    Heard heard;

    @Inject
    Outside outside;

    @Test
    void allAreCalled() throws Exception {
        for (int i = 0; i < 10; i++) {
            outside.publish("many/" + i + "/x/1/z", 5);
            List<String> all = heard.next(26);
            assertThat(all).doesNotHaveDuplicates().contains("A " + i, "Z " + i);
        }
    }
}
