package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which filters a broker takes on a connection, and how many in one packet: what it rules out is not sent (MQTT 5.0, section
 * 3.2.2.3). Immutable.
 */
record BrokerLimits(SubscriptionOptions options, Terms terms) {
    static final int TOO_LARGE = 0x95;
    static final int NO_SHARED_SUBSCRIPTIONS = 0x9e;
    static final int NO_IDENTIFIERS = 0xa1;
    static final int NO_WILDCARDS = 0xa2;

    /** AWS IoT accepts no more topic filters in one SUBSCRIBE or UNSUBSCRIBE; other brokers accept any number. */
    private static final int FILTERS_IN_A_PACKET = 8;

    /** Up to this size a packet of any eight filters fits. */
    private static final int ALWAYS_ENOUGH = (FILTERS_IN_A_PACKET + 1) * 65_540;

    /**
     * Returns the filters to subscribe next, for one packet.
     *
     * @param refuse receives those that the broker would refuse, and why
     */
    List<WantedFilter> nextToSubscribe(SubscriptionRegistry registry, BiConsumer<WantedFilter, MqttReason> refuse) {
        return next(() -> registry.subscribeNext(this::allowSubscribe), this::refusal, refuse);
    }

    /** Returns the filters to unsubscribe next, likewise. */
    List<WantedFilter> nextToUnsubscribe(SubscriptionRegistry registry, BiConsumer<WantedFilter, MqttReason> refuse) {
        return next(() -> registry.unsubscribeNext(this::allowUnsubscribe), this::endRefusal, refuse);
    }

    private static List<WantedFilter> next(
            Supplier<List<WantedFilter>> source,
            Function<WantedFilter, @Nullable MqttReason> check,
            BiConsumer<WantedFilter, MqttReason> refuse) {
        List<WantedFilter> allowed = new ArrayList<>();
        List<WantedFilter> next = source.get();
        while (allowed.isEmpty() && !next.isEmpty()) {
            for (WantedFilter each : next) {
                MqttReason refusal = check.apply(each);
                if (refusal == null) {
                    allowed.add(each);
                } else {
                    refuse.accept(each, refusal);
                }
            }
            next = allowed.isEmpty() ? source.get() : next;
        }
        return List.copyOf(allowed);
    }

    private @Nullable MqttReason refusal(WantedFilter wanted) {
        if (!terms.sharedSubscriptionsAvailable() && wanted.filter.wire().startsWith("$share/")) {
            return new MqttReason(NO_SHARED_SUBSCRIPTIONS);
        } else if (!terms.wildcardsAvailable() && wanted.filter.hasWildcard()) {
            return new MqttReason(NO_WILDCARDS);
        }
        return fits(List.of(wanted), this::subscribe) ? null : new MqttReason(TOO_LARGE);
    }

    private @Nullable MqttReason endRefusal(WantedFilter wanted) {
        return fits(List.of(wanted), BrokerLimits::unsubscribe) ? null : new MqttReason(TOO_LARGE);
    }

    private boolean allowSubscribe(List<WantedFilter> filters) {
        return filters.size() <= FILTERS_IN_A_PACKET && fits(filters, this::subscribe);
    }

    private boolean allowUnsubscribe(List<WantedFilter> filters) {
        return filters.size() <= FILTERS_IN_A_PACKET && fits(filters, BrokerLimits::unsubscribe);
    }

    private Packet subscribe(List<WantedFilter> filters) {
        return new Packet.Subscribe(
                1,
                filters.stream()
                        .map(each -> options.subscription(each, each.dueRetained()))
                        .toList(),
                filters.get(0).dueIdentifier);
    }

    private static Packet unsubscribe(List<WantedFilter> filters) {
        return new Packet.Unsubscribe(
                1, filters.stream().map(each -> each.filter.wire()).toList());
    }

    private boolean fits(List<WantedFilter> filters, Function<List<WantedFilter>, Packet> request) {
        return terms.maximumPacketSize() >= ALWAYS_ENOUGH
                || PacketEncoder.encode(request.apply(filters), ProtocolVersion.V5).length <= terms.maximumPacketSize();
    }
}
