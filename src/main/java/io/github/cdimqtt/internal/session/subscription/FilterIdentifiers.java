package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;

/**
 * Gives filters that overlap others an identifier, and keeps {@link Overlaps} informed (MQTT 5.0, section 3.8.2.1.2). A filter
 * keeps its identifier over all connections, as a broker that keeps the session sends what it has kept with the old ones. On
 * the session's executor only.
 */
final class FilterIdentifiers {
    private static final int MOST = 268_435_455;

    private final Overlaps overlaps;
    private boolean used;
    private int last;

    FilterIdentifiers(Overlaps overlaps) {
        this.overlaps = overlaps;
    }

    /** Sets whether filters get one on this connection. Returns whether that has changed. */
    boolean use(boolean use) {
        boolean changed = used != use;
        used = use;
        return changed;
    }

    /** Returns whether a filter must be requested with an identifier, and was not on this connection. Gives it one. */
    boolean isMissing(WantedFilter wanted) {
        boolean overlapping = wanted.needed && wanted.overlaps > 0;
        if (overlapping && wanted.identifier == 0) {
            last = last % MOST + 1; // a filter that is still there after so many others would have to share it
            wanted.identifier = last;
            overlaps.expect(wanted.filter, wanted.identifier, wanted.highestQos());
        }
        wanted.dueIdentifier = used && overlapping ? wanted.identifier : 0;
        return wanted.dueIdentifier > 0 && wanted.requestedIdentifier == 0;
    }

    /** A filter is about to be requested: messages of its new QoS may come before the broker's answer is known. */
    void requested(WantedFilter wanted) {
        if (wanted.identifier > 0) {
            overlaps.expect(wanted.filter, wanted.identifier, wanted.highestQos());
        }
    }

    void granted(WantedFilter wanted, Qos granted) {
        if (wanted.requestedIdentifier > 0) {
            overlaps.granted(wanted.filter, wanted.requestedIdentifier, granted);
        }
    }

    /** A subscription is about to end: messages may or may not come for it. */
    void ending(WantedFilter wanted) {
        if (wanted.identifier > 0) {
            overlaps.ending(wanted.identifier);
        }
    }

    /** The broker does not have the filter any more. */
    void forget(WantedFilter wanted) {
        if (wanted.identifier > 0) {
            overlaps.remove(wanted.filter, wanted.identifier);
            wanted.identifier = 0;
        }
    }
}
