// What the server sends, to where it is shown. Payloads are anybody's: they become text, never markup.
import { form, subscriptions } from "./forms.js";
import { log } from "./log.js";
import { topics } from "./topics.js";

const state = document.getElementById("state");
const pause = document.getElementById("pause");
const waiting = [];
let paused = false;
let drawing = false;

function tell(connected, text) {
    state.dataset.connected = connected;
    if (state.textContent !== text) { // else a screen reader would say it again
        state.textContent = text;
    }
}

// However fast messages come, the page is drawn once for each frame.
function draw() {
    drawing = false;
    if (!paused) {
        const messages = waiting.splice(0);
        topics(messages);
        log(messages);
    }
}

const live = new EventSource("live");
live.addEventListener("error", () => tell(false, "The dashboard does not answer. The page goes on trying."));
live.addEventListener("state", event => {
    const { connected, text, subscriptions: filters } = JSON.parse(event.data);
    tell(connected, text);
    subscriptions(filters, connected);
});
live.addEventListener("message", event => {
    waiting.push(JSON.parse(event.data));
    if (waiting.length > 5000) { // paused, or in the background
        waiting.shift();
    }
    if (!drawing) {
        drawing = true;
        requestAnimationFrame(draw);
    }
});

pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", paused);
    draw();
});

form(document.getElementById("publish"));
form(document.getElementById("subscribe"));
