package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestContainer;
import io.github.cdimqtt.support.TestIdentity;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Problems of TLS as a deployment reports them: which key, which file, why, and what to do. */
@Tag("container")
class TlsProblemsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("test");
    private static final TestIdentity ME = AUTHORITY.issue("me");
    private static final TestIdentity OLD = AUTHORITY.issueExpired("old");
    private static final TestIdentity NEW = AUTHORITY.issueForNextYear("new");

    @TempDir
    static Path files;

    @Dependent
    static class Both {
        @Inject
        Mqtt mqtt;

        @Inject
        @MqttBroker("cloud")
        Mqtt cloud;
    }

    @BeforeAll
    static void write() throws Exception {
        ME.write(files.resolve("me.pem"), files.resolve("me.key"));
        OLD.write(files.resolve("old.pem"), files.resolve("old.key"));
        NEW.write(files.resolve("new.pem"), files.resolve("new.key"));
        pem("ca.pem", PemText.of(AUTHORITY.certificate()));
        pem("locked.key", PemText.encrypted(ME.key(), Canary.WORD));
        pem("des.key", PemText.encrypted(ME.key(), Canary.WORD, JceOpenSSLPKCS8EncryptorBuilder.DES3_CBC));
        pem("traditional.key", PemText.traditional(ME.key(), Canary.WORD));
        pem("ssh.key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
        pem("text.pem", "hello");
        pem("cut.pem", PemText.of(ME.certificate()).substring(0, 200));
        pem("damaged.pem", PemText.of(ME.certificate()).replaceAll("(?m)^[A-Za-z0-9].*", "AAAA"));
        pem("letters.key", PemText.pkcs8(ME.key()).replaceFirst("\nM", "\n?"));
        Files.write(files.resolve("der.pem"), ME.certificate().getEncoded());
        ME.writeStore(files.resolve("me.p12"), "PKCS12", Canary.WORD);
        ME.writeStore(files.resolve("two.jks"), "JKS", Canary.WORD, Canary.WORD + "-other");
        TestIdentity.writeTrust(files.resolve("trust.p12"), "PKCS12", Canary.WORD, AUTHORITY.certificate());
    }

    private static void pem(String name, String text) {
        PemText.write(files.resolve(name), text);
    }

    /** DIR is the directory of the files; {@code keys} are keys and values alternately, without {@code mqtt.}. */
    private static WrongDeployment where(String description, String... keys) {
        WrongDeployment deployment = WrongDeployment.of(description, Both.class)
                .with("mqtt.broker-url", "ssl://127.0.0.1:1")
                .with("mqtt.cloud.broker-url", "tcp://127.0.0.1:1")
                .with("mqtt.connect-async", "true")
                .with("mqtt.cloud.connect-async", "true");
        for (int i = 0; i < keys.length; i += 2) {
            deployment = deployment.with("mqtt." + keys[i], inFiles(keys[i + 1]));
        }
        return deployment;
    }

    private static String inFiles(String text) {
        return text.replace("DIR", files.toString());
    }

    private static WrongDeployment authorities(String description, String file) {
        return where(description, "tls.ca-certs", "DIR/" + file);
    }

    private static WrongDeployment key(String description, String file) {
        return where(description, "tls.certfile", "DIR/me.pem", "tls.keyfile", "DIR/" + file);
    }

    static Stream<WrongDeployment> deployment_isRejected() {
        String here = ": there is no such file, seen from " + Path.of("").toAbsolutePath();
        String convert = "; convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in 'DIR/%1$s' -out"
                + " 'DIR/%1$s.pkcs8'";
        return Stream.of(
                authorities("has no file of authorities", "no").reports("tls.ca-certs='DIR/no'" + here),
                authorities("has a directory of authorities", "")
                        .reports("tls.ca-certs='DIR/': it is a directory; name a file"),
                authorities("has authorities that are text", "text.pem")
                        .reports(
                                "tls.ca-certs='DIR/text.pem': nothing in it is PEM: there is no line -----BEGIN ...-----"),
                authorities("has authorities in DER", "der.pem")
                        .reports(
                                "tls.ca-certs='DIR/der.pem': it is DER or PKCS12, not PEM; convert it with openssl x509"
                                        + " -inform DER, openssl pkey -inform DER, or set tls.keystore or tls.truststore to it"),
                authorities("has authorities that are cut off", "cut.pem")
                        .reports("tls.ca-certs='DIR/cut.pem': BEGIN CERTIFICATE has no END: the file is cut off"),
                authorities("has damaged authorities", "damaged.pem")
                        .reports("tls.ca-certs='DIR/damaged.pem': certificate 1 in it is damaged"),
                authorities("has a key for authorities", "me.key")
                        .reports("tls.ca-certs='DIR/me.key': there is no certificate in it, but PRIVATE KEY"),
                where("has no certificate and no key", "tls.certfile", "DIR/no.pem", "tls.keyfile", "DIR/no.key")
                        .reports("tls.certfile='DIR/no.pem'" + here),
                where("has a certificate without a key", "tls.certfile", "DIR/me.pem")
                        .reports("tls.certfile='DIR/me.pem': there is no private key in it (tls.keyfile is not set)"),
                where("has a key without a certificate", "tls.keyfile", "DIR/me.key")
                        .reports("tls.keyfile='DIR/me.key': a key is shown with its certificate; set tls.certfile"),
                key("has no key", "no.key").reports("tls.keyfile='DIR/no.key'" + here),
                key("has the key of another certificate", "old.key")
                        .reports(
                                "tls.keyfile='DIR/old.key': the private key does not belong to the first certificate of"
                                        + " tls.certfile 'DIR/me.pem', which is of CN=me"),
                key("has a key that is no base64", "letters.key")
                        .reports("tls.keyfile='DIR/letters.key': what follows BEGIN PRIVATE KEY is not base64"),
                key("has an encrypted key and no password", "locked.key")
                        .reports(
                                "tls.keyfile='DIR/locked.key': the private key is encrypted; set tls.keyfile-password"),
                key("has the wrong password of a key", "locked.key")
                        .with("mqtt.tls.keyfile-password", Canary.WORD + "-wrong")
                        .reports("tls.keyfile='DIR/locked.key': wrong password of the private key; set"
                                + " tls.keyfile-password"),
                key("has a key that OpenSSL encrypted in its old way", "traditional.key")
                        .with("mqtt.tls.keyfile-password", Canary.WORD)
                        .reports("tls.keyfile='DIR/traditional.key': the private key is encrypted in OpenSSL's old way"
                                + convert.formatted("traditional.key")),
                key("has a key of a cipher that the JDK does not know", "des.key")
                        .with("mqtt.tls.keyfile-password", Canary.WORD)
                        .reports("tls.keyfile='DIR/des.key': the JDK can't read how the private key is encrypted"
                                + convert.formatted("des.key")),
                key("has a key of OpenSSH", "ssh.key")
                        .reports(
                                "tls.keyfile='DIR/ssh.key': OpenSSH's own format can't be read; convert it: ssh-keygen -p"
                                        + " -m PKCS8 -f 'DIR/ssh.key'"),
                where("has no key store", "tls.keystore", "DIR/no.p12").reports("tls.keystore='DIR/no.p12'" + here),
                where("has no password of a key store", "tls.keystore", "DIR/me.p12")
                        .reports("tls.keystore='DIR/me.p12': it has a password; set tls.keystore-password"),
                where("has the wrong password of a key store", "tls.keystore", "DIR/me.p12")
                        .with("mqtt.tls.keystore-password", Canary.WORD + "-wrong")
                        .reports("tls.keystore='DIR/me.p12': wrong password; set tls.keystore-password"),
                where("has another password for a key than for its store", "tls.keystore", "DIR/two.jks")
                        .with("mqtt.tls.keystore-password", Canary.WORD)
                        .reports(
                                "tls.keystore='DIR/two.jks': a key in it has another password than the store; give it the same"
                                        + " one"),
                where("has the wrong password of a trust store", "tls.truststore", "DIR/trust.p12")
                        .with("mqtt.tls.truststore-password", Canary.WORD + "-wrong")
                        .reports("tls.truststore='DIR/trust.p12': wrong password; set tls.truststore-password"),
                where("has no password of a trust store", "tls.truststore", "DIR/trust.p12")
                        .reports(
                                "tls.truststore='DIR/trust.p12': there is no trusted certificate in it, or it has a password;"
                                        + " set tls.truststore-password"),
                where("has a trust store that is none", "tls.truststore", "DIR/text.pem")
                        .with("mqtt.tls.truststore-type", "JKS")
                        .reports("tls.truststore='DIR/text.pem': it is no key store of type JKS, or it is damaged"));
    }

    @ParameterizedTest
    @MethodSource
    void deployment_isRejected(WrongDeployment is) {
        assertThat(is.deploy())
                .extracting(Throwable::getMessage)
                .containsExactlyElementsOf(is.problems().stream()
                        .map(text -> "MQTT-022: mqtt." + inFiles(text))
                        .toList());
    }

    static Stream<WrongDeployment> deployment_isAcceptedWithAWarning() {
        String plain = " is set, but no address uses TLS: everything goes over the network as it is; write ssl:// in"
                + " broker-url, or set tls.enabled=true";
        String open = " does not make sure that it talks to its broker (";
        return Stream.of(
                where("is right", "tls.ca-certs", "DIR/ca.pem"),
                where("has an expired certificate", "tls.certfile", "DIR/old.pem", "tls.keyfile", "DIR/old.key")
                        .reports("MQTT-023: mqtt.tls.certfile='DIR/old.pem': the certificate of CN=old expired on "
                                + OLD.certificate().getNotAfter().toInstant()),
                where("has a certificate for later", "tls.certfile", "DIR/new.pem", "tls.keyfile", "DIR/new.key")
                        .reports(
                                "MQTT-023: mqtt.tls.certfile='DIR/new.pem': the certificate of CN=new is not valid before "
                                        + NEW.certificate().getNotBefore().toInstant()),
                where("has files and no TLS", "cloud.tls.ca-certs", "DIR/ca.pem", "cloud.tls.certfile", "DIR/no.pem")
                        .reports(
                                "MQTT-023: mqtt.cloud.tls.ca-certs" + plain,
                                "MQTT-023: mqtt.cloud.tls.certfile" + plain),
                where("has stores and no TLS", "cloud.tls.truststore", "a.p12", "cloud.tls.keystore", "b.p12")
                        .reports(
                                "MQTT-023: mqtt.cloud.tls.truststore" + plain,
                                "MQTT-023: mqtt.cloud.tls.keystore" + plain),
                where("accepts any host", "tls.insecure", "True")
                        .reports("MQTT-118: Mqtt[default as me]" + open
                                + "tls.insecure=true: a certificate of any other host is accepted); only for tests"),
                where(
                                "accepts any certificate",
                                "cloud.broker-url",
                                "wss://127.0.0.1:1",
                                "cloud.tls.cert-reqs",
                                "CERT_NONE")
                        .reports("[cloud] MQTT-118: Mqtt[cloud as you]" + open
                                + "tls.cert-reqs=none: any certificate is accepted); only for tests"),
                where("accepts any host, and has no TLS", "cloud.tls.insecure", "true", "cloud.tls.cert-reqs", "0"),
                where("accepts any certificate, but is disabled", "tls.insecure", "true", "enabled", "false"));
    }

    @ParameterizedTest
    @MethodSource
    void deployment_isAcceptedWithAWarning(WrongDeployment is) {
        String[] expected =
                is.problems().stream().map(text -> "WARNING " + inFiles(text)).toArray(String[]::new);
        for (int start = is.problems().toString().contains("MQTT-118") ? 2 : 1; start > 0; start--) { // at each start
            try (LogRecorder log = LogRecorder.of("io.github.cdimqtt");
                    TestContainer container = TestContainer.start(
                            is.with("mqtt.client-id", "me")
                                    .with("mqtt.cloud.client-id", "you")
                                    .settings(),
                            Both.class)) {
                assertThat(container.se().isRunning()).isTrue();
                assertThat(log.lines())
                        .filteredOn(line -> line.matches("\\w+ (\\[cloud] )?MQTT-(0..|118): .*"))
                        .containsExactly(expected);
            }
        }
    }
}
