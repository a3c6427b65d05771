// A card for each topic: its last value, and a chart if that is a number.
import { chart } from "./chart.js";

const MOST = 200;
const VALUES = 100;
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const list = document.getElementById("topics");
const nothing = document.getElementById("nothing");
const cards = new Map(); // the one that was silent longest comes first

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
    title.textContent = topic;
    const value = item.appendChild(document.createElement("p"));
    value.className = "value";
    const graph = chart(topic);
    item.append(graph.element);
    const about = item.appendChild(document.createElement("p"));
    about.className = "about";
    const card = { topic, item, value, graph, about, values: [], count: 0, last: null };
    cards.set(topic, card);
    const next = [...list.children].find(other => other.firstChild.textContent > topic);
    list.insertBefore(item, next ?? null);
    return card;
}

function show({ value, graph, about, values, count, last }) {
    value.textContent = shown(last);
    value.classList.toggle("long", last.text.length > 12);
    graph.draw(values);
    about.textContent = [
        time(last),
        "QoS " + last.qos,
        count + (count === 1 ? " message" : " messages"),
        ...(last.retained ? ["retained"] : []),
    ].join(" · ");
}

export function shown({ text, size, cut }) {
    if (size === 0) {
        return "(empty)";
    }
    return cut ? text + "… (" + size + " bytes)" : text;
}

export function time({ at }) {
    return new Date(at).toLocaleTimeString([], { hourCycle: "h23" });
}
