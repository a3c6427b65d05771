package io.github.cdimqtt.internal.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What other libraries call our keys: no typing errors, so counting wrong letters does not find them. */
final class Synonyms {
    private static final Map<String, String> KEYS = new HashMap<>();

    static {
        mean("broker-url", "host hostname url uri address server broker endpoint servers brokers serveruri serverurl");
        mean(
                "broker-url",
                "serverhost serveraddress brokerhost brokeruri brokeraddress connectionurl connectionstring");
        mean("broker-port", "port serverport tcpport");
        mean("username", "user login userid account brokeruser brokerusername authuser authusername");
        mean("password", "pass passwd pwd passphrase secret brokerpassword authpassword");
        mean("client-id", "client id clientname clientidentifier identifier");
        mean("clean-session", "clean cleanstart cleansessions persistent");
        mean("keepalive", "keepaliveinterval keepaliveseconds keepalivetime heartbeat pinginterval");
        mean("connection-timeout", "timeout connecttimeout connectiontimeoutseconds");
        mean("protocol-version", "version mqttversion protocol");
        mean("library", "clientlibrary driver implementation");
        mean("tls.enabled", "tls ssl usetls usessl ssltls secure sslenabled enabletls enablessl");
        mean("tls.ca-certs", "ca cafile cacert cacertfile cacertificate capath certificateauthority tlsca tlscafile");
        mean("tls.ca-certs", "tlscacert sslca sslcafile trustcertificates rootca");
        mean("tls.certfile", "cert certificate certfile clientcert clientcertificate tlscert tlscertificate sslcert");
        mean("tls.keyfile", "key keyfile clientkey privatekey tlskey tlsprivatekey sslkey");
        mean("tls.keystore", "keystore keystorepath keystorelocation sslkeystore sslkeystorelocation");
        mean("tls.keystore-password", "keystorepassword sslkeystorepassword");
        mean("tls.truststore", "truststore truststorepath truststorelocation ssltruststore ssltruststorelocation");
        mean("tls.truststore-password", "truststorepassword ssltruststorepassword");
        mean("tls.alpn", "alpn alpnprotocols tlsalpnprotocols");
        mean("tls.insecure", "insecure insecureskipverify skipverify tlsskipverify trustall tlstrustall ssltrustall");
        mean("last-will.topic", "will willtopic");
        mean("last-will.message", "willmessage willpayload lastwillpayload");
        mean("last-will.qos", "willqos");
        mean("last-will.retain", "willretain willretained lastwillretained");
        mean("presence.topic", "presence statustopic birthtopic availabilitytopic onlinetopic");
        mean("connect-async", "async asyncconnect lazyconnect");
        mean("reconnect.min-delay", "reconnectdelay reconnectinterval reconnectdelaymin retrydelay");
        mean("reconnect.max-delay", "maxreconnectdelay reconnectdelaymax maxreconnectinterval");
        mean("max-inflight", "inflight maxinflightmessages maxinflightqueue");
        mean("offline-buffer", "buffer buffersize offlinebuffersize queuesize maxqueuedmessages");
        mean("persistence-directory", "persistence persistencedir persistencepath datadir storedirectory");
        mean("dispatch.concurrency", "concurrency threads workers");
        mean("session-expiry", "sessionexpiryinterval sessionexpiration sessiontimeout sessionlifetime expiryinterval");
        mean("receive-maximum", "receivemax maxreceive");
        mean("topic-alias-maximum", "topicalias topicaliases topicaliasmax maxtopicalias aliasmaximum");
        mean("user-properties", "userproperty userprops properties connectproperties");
        mean("no-local", "skiplocal");
        mean("last-will.delay", "willdelay willdelayinterval lastwilldelayinterval");
        mean("last-will.expiry", "willexpiry willmessageexpiry willmessageexpiryinterval");
        mean("last-will.content-type", "willcontenttype");
        mean("last-will.response-topic", "willresponsetopic");
        mean("last-will.user-properties", "willuserproperties willproperties");
        mean("reply-topic", "responsetopic replyto");
        mean("request-timeout", "replytimeout responsetimeout");
        mean("max-message-size", "maxsize maxpacketsize maximumpacketsize maxpayloadsize");
    }

    private Synonyms() {}

    private static void mean(String key, String words) {
        for (String word : words.split(" ", -1)) {
            KEYS.put(word, key);
        }
    }

    /** Returns all keys that there are other words for. */
    static Set<String> keys() {
        return Set.copyOf(KEYS.values());
    }

    /** Returns the key that a name without its prefix stands for, however its words are joined; null if none does. */
    static @Nullable String keyOf(String name) {
        return KEYS.get(name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT));
    }
}
