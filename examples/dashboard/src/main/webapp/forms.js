// The forms, and what is subscribed to. What comes of it is told below the form.
const list = document.getElementById("subscriptions");
const none = document.getElementById("unsubscribed");
const filter = document.getElementById("subscribe-topic");

async function ask(action, fields, output) {
    output.className = "";
    output.textContent = "…";
    try {
        const response = await fetch(action, {
            method: "POST",
            body: new URLSearchParams(fields),
            headers: { "X-Dashboard": "yes" },
        });
        output.classList.toggle("wrong", !response.ok);
        output.textContent = await response.text();
    } catch {
        output.className = "wrong";
        output.textContent = "The dashboard does not answer.";
    }
}

export function form(element) {
    const output = element.querySelector("output");
    element.addEventListener("submit", event => {
        event.preventDefault();
        ask(element.getAttribute("action"), new FormData(element), output);
    });
}

export function subscriptions(filters, connected) {
    const focused = list.contains(document.activeElement);
    const output = document.querySelector("#subscribe output");
    list.replaceChildren(...Object.entries(filters).sort().map(([topic, qos]) => {
        const item = document.createElement("li");
        item.appendChild(document.createElement("span")).textContent =
            `${topic} (QoS ${qos}${connected ? "" : ", when connected"})`;
        const button = item.appendChild(document.createElement("button"));
        button.type = "button";
        button.textContent = "Unsubscribe";
        button.setAttribute("aria-label", "Unsubscribe from " + topic);
        button.addEventListener("click", () => ask("unsubscribe", { topic }, output));
        return item;
    }));
    none.hidden = list.children.length > 0;
    if (focused) {
        filter.focus(); // the button that was pressed is gone
    }
}
