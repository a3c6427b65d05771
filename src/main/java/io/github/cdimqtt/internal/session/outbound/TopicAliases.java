package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.internal.packet.Packet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The topics that go as a number on one connection [MQTT-3.3.2-7]: the first ones that went twice. None is replaced. Guarded
 * by the lock of its {@link PublishQueue}, under which messages are sent, so that a topic goes before its number does.
 */
final class TopicAliases {
    /** How many of the topics that went once are remembered; beyond that, the oldest is forgotten. */
    private static final int MOST_REMEMBERED = 1_000;

    private final int maximum;
    private final Map<String, Integer> aliases = new HashMap<>();
    private final Set<String> wentOnce = new LinkedHashSet<>();

    /**
     * Creates those of a connection, without any topic.
     *
     * @param maximum how many there may be, 0 to 65,535; 0 for none
     */
    TopicAliases(int maximum) {
        this.maximum = maximum;
    }

    boolean areAllowed() {
        return maximum > 0;
    }

    /** Returns a message as it is to be sent next: as it is, with an alias for its topic, or with the alias alone. */
    Packet.Publish apply(Packet.Publish message) {
        String topic = message.topic();
        Integer known = aliases.get(topic);
        if (known != null) {
            return message.with("", known);
        } else if (aliases.size() == maximum || !wentBefore(topic)) {
            return message;
        }
        int alias = aliases.size() + 1; // from 1 on [MQTT-3.3.2-8]
        aliases.put(topic, alias);
        if (alias == maximum) {
            wentOnce.clear();
        }
        return message.with(topic, alias);
    }

    private boolean wentBefore(String topic) {
        if (wentOnce.remove(topic)) {
            return true;
        }
        if (wentOnce.size() == MOST_REMEMBERED) {
            Iterator<String> oldest = wentOnce.iterator();
            oldest.next();
            oldest.remove();
        }
        wentOnce.add(topic);
        return false;
    }
}
