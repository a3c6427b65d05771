package io.github.cdimqtt.broker;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager2;

/** The users that may connect to an {@link ArtemisBroker}, and the topics that are closed to all of them. */
public final class Access implements ActiveMQSecurityManager2 {

    private final Map<String, String> passwords;
    private final Set<String> closed;

    private Access(Map<String, String> passwords, Set<String> closed) {
        this.passwords = Map.copyOf(passwords);
        this.closed = Set.copyOf(closed);
    }

    /** Returns the access of these users alone, each with its password. */
    public static Access users(Map<String, String> passwords) {
        return new Access(passwords, Set.of());
    }

    /** Returns the access of the same users; subscriptions and publishes to these topics and those below are refused. */
    public Access closing(String... topics) {
        return new Access(passwords, Set.of(topics));
    }

    @Override
    public boolean validateUser(String user, String password) {
        return user != null
                && passwords.containsKey(user)
                && passwords.get(user).equals(password);
    }

    @Override
    public boolean validateUser(String user, String password, X509Certificate[] certificates) {
        return validateUser(user, password);
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return validateUser(user, password);
    }

    @Override
    public boolean validateUserAndRole(
            String user,
            String password,
            Set<Role> roles,
            CheckType checkType,
            String address,
            RemotingConnection connection) {
        return validateUser(user, password) && closed.stream().noneMatch(topic -> isWithin(address, topic));
    }

    /** Artemis writes a topic with dots, and a subscription's queue as {@code address::clientId.address}. */
    private static boolean isWithin(String address, String topic) {
        String name = topic.replace('/', '.');
        String plain = address.contains("::") ? address.substring(0, address.indexOf("::")) : address;
        return plain.equals(name) || plain.startsWith(name + ".");
    }
}
