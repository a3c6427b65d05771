// Which topics the filters ask for (MQTT 3.1.1, section 4.7).

// What brokers have before a filter whose messages come on a topic without it.
const SHARED = /^\$(o?share\/[^/]+\/|SharedSubscription\/[^/]+\/|share:[^:]+:|queue\/|exclusive\/)/;

export function matches(filter, topic) {
    const wanted = filter.replace(SHARED, "").split("/");
    const levels = topic.split("/");
    if (topic.startsWith("$") && /^[+#]$/.test(wanted[0])) { // [4.7.2-1]
        return false;
    }
    const open = wanted.at(-1) === "#";
    if (open) {
        wanted.pop(); // matches its parent level too
    }
    return (open ? levels.length >= wanted.length : levels.length === wanted.length)
        && wanted.every((level, i) => level === "+" || level === levels[i]);
}
