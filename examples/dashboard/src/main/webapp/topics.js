// A card for each topic: its last value, and a chart if that is a number.
import { chart } from "./chart.js";
import { matches } from "./filters.js";
import { breakable, time } from "./text.js";

const MOST = 200;
const VALUES = 100;
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const list = document.getElementById("topics");
const nothing = document.getElementById("nothing");
const cards = new Map(); // the one that was silent longest comes first
let filters = [];
let connected = false;

export function topics(messages) {
    const changed = new Set();
    for (const message of messages) {
        const card = cards.get(message.topic) ?? add(message.topic);
        cards.delete(message.topic);
        cards.set(message.topic, card);
        card.count++;
        card.last = message;
        if (NUMBER.test(message.text) && Number.isFinite(Number(message.text))) {
            card.values.push(Number(message.text));
            card.values.splice(0, card.values.length - VALUES);
        } else {
            card.values.length = 0;
        }
        changed.add(card);
    }
    changed.forEach(show);
}

function add(topic) {
    if (cards.size === MOST) {
        const [oldest, card] = cards.entries().next().value;
        card.item.remove();
        cards.delete(oldest);
    }
    nothing.hidden = true;
    const item = document.createElement("li");
    const title = item.appendChild(document.createElement("h3"));
    title.append(breakable(topic));
    const value = item.appendChild(document.createElement("p"));
    value.className = "value";
    const graph = chart(topic);
    item.append(graph.element);
    const properties = item.appendChild(document.createElement("dl"));
    const about = item.appendChild(document.createElement("p"));
    about.className = "about";
    const why = item.appendChild(document.createElement("p"));
    why.className = "why";
    const card = { topic, item, value, graph, properties, about, why, values: [], count: 0, last: null };
    cards.set(topic, card);
    const next = [...list.children].find(other => other.firstChild.textContent > topic);
    list.insertBefore(item, next ?? null);
    return card;
}

// A card whose value may be out of date says so.
export function wanted(nextFilters, nextConnected) {
    filters = nextFilters;
    connected = nextConnected;
    cards.forEach(live);
}

function live({ topic, item, why }) {
    const subscribed = filters.some(filter => matches(filter, topic));
    item.classList.toggle("still", !subscribed || !connected);
    const reason = !subscribed ? "Not subscribed" : !connected ? "Not connected" : "";
    if (why.textContent !== reason) {
        why.textContent = reason;
    }
}

function show(card) {
    const { value, graph, properties, about, values, count, last } = card;
    value.textContent = shown(last);
    value.classList.toggle("long", last.text.length > 12);
    graph.draw(values);
    properties.replaceChildren(...last.properties.map(property));
    properties.hidden = last.properties.length === 0;
    about.replaceChildren(time(last.at), " · " + [
        "QoS " + last.qos,
        count + (count === 1 ? " message" : " messages"),
        ...(last.retained ? ["retained"] : []),
    ].join(" · "));
    live(card);
}

// What MQTT 5 says beside the payload: a text, or a time.
function property([name, value]) {
    const pair = document.createElement("div");
    const term = document.createElement("dt");
    term.textContent = name + ":";
    const description = document.createElement("dd");
    description.append(typeof value === "number" ? time(value) : breakable(value));
    pair.append(term, " ", description);
    return pair;
}

export function shown({ text, size, cut }) {
    if (size === 0) {
        return "(empty)";
    }
    return cut ? text + "… (" + size + " bytes)" : text;
}
