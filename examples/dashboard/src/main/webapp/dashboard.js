// What the server sends, to where it is shown. Payloads are anybody's: they become text, never markup.
import { subscriptions } from "./forms.js";
import { log } from "./log.js";
import { settle } from "./outcome.js";
import { breakable } from "./text.js";
import { topics, wanted } from "./topics.js";

const HELD = 5000;
const AGAIN = 3_000;

const state = document.getElementById("state");
const pause = document.getElementById("pause");
const held = document.getElementById("held");
const waiting = [];
let filters = {};
let paused = false;
let drawing = false;
let seen = "";

function tell(connected, text) {
    state.dataset.connected = connected;
    if (state.textContent !== text) { // else a screen reader would say it again
        state.replaceChildren(breakable(text));
    }
    subscriptions(filters, connected);
    wanted(Object.keys(filters), connected);
}

// However fast messages come, the page is drawn once for each frame.
function draw() {
    drawing = false;
    if (!paused) {
        const messages = waiting.splice(0);
        topics(messages);
        log(messages);
    }
    held.hidden = !paused;
    held.textContent = "Paused, new messages: " + waiting.length + (waiting.length === HELD ? " or more" : "");
}

function open() {
    const live = new EventSource("live?seen=" + seen);
    live.addEventListener("error", () => {
        tell(false, "The dashboard does not answer, or has too many pages open. The page goes on trying.");
        if (live.readyState === EventSource.CLOSED) { // refused: the browser itself gives up
            setTimeout(open, AGAIN);
        }
    });
    live.addEventListener("state", event => {
        const { connected, text, subscriptions: next, late } = JSON.parse(event.data);
        filters = next;
        tell(connected, text);
        settle(connected, late);
    });
    live.addEventListener("message", event => {
        seen = event.lastEventId;
        waiting.push(JSON.parse(event.data));
        if (waiting.length > HELD) { // paused, or in the background
            waiting.shift();
        }
        if (!drawing) {
            drawing = true;
            requestAnimationFrame(draw);
        }
    });
}

pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Resume" : "Pause";
    draw();
});

open();
