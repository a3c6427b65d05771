package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of which not all copies came. Their number and memory is bounded. Guarded by the {@link Overlaps}. */
final class MessageCopies {
    private static final int MOST_MESSAGES = 1_000;
    private static final int MOST_BYTES = 16 << 20;

    /** What is equal in all copies of a message. How long it is of use is not: the broker counts that down. */
    private record Content(String topic, ByteBuffer payload, MqttProperties properties) {
        static Content of(Packet.Publish message) {
            MqttProperties properties = message.properties();
            return new Content(
                    message.topic(),
                    message.payload().duplicate(),
                    properties.expiry() == null
                            ? properties
                            : properties.toBuilder().expiry(null).build());
        }
    }

    /** One message: the copy that is dispatched or held, and the filters whose copies did not come. */
    static final class Message {
        private final Content content;
        private final List<IdentifiedFilter> awaited;
        private final long since;
        private List<IdentifiedFilter> due;
        private long deadline;
        private @Nullable Qos qos;
        private @Nullable Copy held;

        private Message(
                Content content,
                List<IdentifiedFilter> matching,
                List<IdentifiedFilter> due,
                long since,
                long deadline) {
            this.content = content;
            this.awaited = new ArrayList<>(matching);
            this.due = due;
            this.since = since;
            this.deadline = deadline;
        }

        /** Returns a filter that the broker had to name in a copy, and did not; null if there is none. */
        @Nullable
        TopicFilter missing() {
            return awaited.stream()
                    .filter(each -> isOneOf(due, each))
                    .map(IdentifiedFilter::filter)
                    .findFirst()
                    .orElse(null);
        }

        /** Returns when its first copy came. */
        long since() {
            return since;
        }

        /** Returns until when it waits for further copies. */
        long deadline() {
            return deadline;
        }

        boolean isComplete() {
            return awaited.isEmpty();
        }

        /**
         * Takes a copy. Adds what is to be done: the copy with the highest QoS is dispatched, or held if a higher may follow.
         *
         * @param mayBlock whether a copy may be held that the broker wants to have acknowledged
         */
        void add(Copy copy, List<IdentifiedFilter> named, boolean mayBlock, List<Runnable> due) {
            awaited.removeIf(each -> isOneOf(named, each));
            if (isSurplus(copy)) {
                due.add(copy.discard());
            } else {
                if (held != null) {
                    due.add(held.discard());
                }
                qos = copy.qos();
                held = copy;
                if (!mayHigherFollow(named) || isBlocking() && !mayBlock) {
                    release(due);
                }
            }
            if (isComplete()) {
                release(due);
            }
        }

        /**
         * Returns whether another copy does for this one: one of the same QoS or a higher, or one that has gone and that the
         * broker wants to have acknowledged. One of QoS 0 that has gone may be dropped, and does not do for a higher one.
         */
        private boolean isSurplus(Copy copy) {
            return qos != null && (copy.qos().compareTo(qos) <= 0 || held == null && qos != Qos.AT_MOST_ONCE);
        }

        private boolean awaitsAll(List<IdentifiedFilter> named) {
            return named.stream().allMatch(each -> isOneOf(awaited, each));
        }

        /** The same filter may have been granted with another QoS since. */
        private static boolean isOneOf(List<IdentifiedFilter> filters, IdentifiedFilter filter) {
            return filters.stream().anyMatch(each -> each.identifier() == filter.identifier());
        }

        /** Returns whether the QoS of a copy is that of its filters, which may be lower than that of the message. */
        private boolean mayHigherFollow(List<IdentifiedFilter> named) {
            return named.stream().noneMatch(each -> isHigher(each.qos()))
                    && awaited.stream().anyMatch(each -> isHigher(each.qos()));
        }

        private boolean isHigher(Qos other) {
            return qos != null && other.compareTo(qos) > 0;
        }

        /** Returns whether it holds a copy that the broker wants to have acknowledged, perhaps before it sends the next one. */
        boolean isBlocking() {
            return held != null && held.qos() != Qos.AT_MOST_ONCE;
        }

        /** Stops holding a copy: it is dispatched. */
        void release(List<Runnable> due) {
            if (held != null) {
                due.add(held.dispatch());
                held = null;
            }
        }
    }

    private final Map<Content, List<Message>> byContent = new HashMap<>();
    private final Set<Message> byDeadline = new LinkedHashSet<>();
    private long bytes;

    /**
     * Returns the message that a copy belongs to: the first of equal content that awaits all the filters it names, or a new one.
     *
     * @param due those of the matching filters that the broker must name
     */
    Message message(
            Packet.Publish copy,
            List<IdentifiedFilter> matching,
            List<IdentifiedFilter> named,
            List<IdentifiedFilter> due,
            long since,
            long deadline) {
        Content content = Content.of(copy);
        List<Message> equal = byContent.computeIfAbsent(content, none -> new ArrayList<>(1));
        for (Message each : equal) {
            if (each.awaitsAll(named)) {
                return each;
            }
        }
        Message added = new Message(content, matching, due, since, deadline);
        equal.add(added);
        byDeadline.add(added);
        bytes += content.payload().remaining();
        return added;
    }

    void remove(Message message) {
        if (byDeadline.remove(message)) {
            bytes -= message.content.payload().remaining();
            List<Message> equal = byContent.get(message.content);
            if (equal != null && equal.remove(message) && equal.isEmpty()) {
                byContent.remove(message.content);
            }
        }
    }

    /** Forgets the eldest messages until the others are few enough. The newest stays in any case. */
    void dropEldest(List<Runnable> due) {
        while (byDeadline.size() > 1 && (byDeadline.size() > MOST_MESSAGES || bytes > MOST_BYTES)) {
            Message eldest = byDeadline.iterator().next();
            eldest.release(due);
            remove(eldest);
        }
    }

    @Nullable
    Message eldest() {
        return byDeadline.isEmpty() ? null : byDeadline.iterator().next();
    }

    List<Message> dueAt(long now) {
        return byDeadline.stream().takeWhile(each -> each.deadline - now <= 0).toList();
    }

    void waitLonger(Message message, long deadline) {
        if (byDeadline.remove(message)) { // so that it becomes the last
            message.deadline = deadline;
            byDeadline.add(message);
        }
    }

    void waitUntil(long deadline) {
        byDeadline.forEach(each -> each.deadline = deadline);
    }

    /** From now on, a copy that does not come to one of these messages says nothing about the broker. */
    void forgetMissing() {
        byDeadline.forEach(each -> each.due = List.of());
    }

    void releaseAll(List<Runnable> due) {
        byDeadline.forEach(each -> each.release(due));
    }

    /** Stops holding what the broker wants to have acknowledged. */
    void releaseBlocking(List<Runnable> due) {
        byDeadline.stream().filter(Message::isBlocking).forEach(each -> each.release(due));
    }

    void clear() {
        byContent.clear();
        byDeadline.clear();
        bytes = 0;
    }
}
