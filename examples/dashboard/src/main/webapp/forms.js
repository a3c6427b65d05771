// The forms, and what is subscribed to.
import { outcome } from "./outcome.js";
import { breakable } from "./text.js";

const list = document.getElementById("subscriptions");
const none = document.getElementById("unsubscribed");
const filter = document.getElementById("subscribe-topic");
let shown = "";

function form(element) {
    const { ask, edited } = outcome(element.querySelector("output"));
    element.addEventListener("input", edited);
    element.addEventListener("submit", event => {
        event.preventDefault();
        const action = event.submitter?.getAttribute("formaction") ?? element.getAttribute("action");
        ask(action, new FormData(element));
    });
    return ask;
}

form(document.getElementById("publish"));
const ask = form(document.getElementById("subscribe"));

export function subscriptions(filters, connected) {
    const next = JSON.stringify([filters, connected]);
    if (shown === next) { // keeps the focus where it is
        return;
    }
    shown = next;
    const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    list.replaceChildren(...Object.entries(filters).sort().map(([topic, qos]) => {
        const item = document.createElement("li");
        const granted = document.createElement("span");
        granted.textContent = `(QoS ${qos}${connected ? "" : ", when connected"})`;
        item.appendChild(document.createElement("span")).append(breakable(topic), " ", granted);
        const button = item.appendChild(document.createElement("button"));
        button.type = "button";
        button.textContent = "Unsubscribe";
        button.setAttribute("aria-label", "Unsubscribe from " + topic);
        button.addEventListener("click", () => ask("unsubscribe", [["topic", topic]]));
        return item;
    }));
    none.hidden = list.children.length > 0;
    none.textContent = connected ? "None." : "Known when connected.";
    if (focused) { // the filter, if the button that was pressed is gone
        ([...list.querySelectorAll("button")].find(each => each.getAttribute("aria-label") === focused) ?? filter).focus();
    }
}
