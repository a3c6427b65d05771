// What came of a request, below the form that asked for it, until it is no longer so.
import { breakable, time } from "./text.js";

const UNKNOWN = "What came of it is not known, as the dashboard was started again.";
const PATIENCE = 10_000;
const outcomes = [];

export function outcome(element) {
    let id = ""; // of the last request
    let kind = ""; // "late", "unconnected" and "unanswered" are over with another state
    let shown = "";
    let waiting = "";

    function show(text, next, wrong) {
        kind = next;
        element.classList.toggle("wrong", wrong);
        if (shown !== text) { // else a screen reader would say it again
            shown = text;
            element.replaceChildren(...(text === "" ? [] : [time(Date.now()), " ", breakable(text)]));
        }
    }

    async function ask(action, fields) {
        const asked = id = Date.now() + "-" + Math.random();
        show("", "", false);
        element.textContent = "…";
        try {
            const response = await fetch(action, {
                method: "POST",
                body: new URLSearchParams([...fields, ["id", asked]]),
                headers: { "X-Dashboard": "yes" },
                signal: AbortSignal.timeout(PATIENCE),
            });
            const text = await response.text();
            if (asked === id) {
                waiting = text;
                show(text, { 202: "late", 503: "unconnected" }[response.status] ?? "", !response.ok);
            }
        } catch {
            if (asked === id) {
                show("The dashboard does not answer.", "unanswered", true);
            }
        }
    }

    function state(connected, late) {
        if (kind === "late" && late[id]) {
            show(late[id].text, "", !late[id].ok);
        } else if (kind === "late") {
            show(id in late ? waiting : UNKNOWN, "late", !(id in late));
        } else if (kind === "unanswered" || (kind === "unconnected" && connected)) {
            show("", "", false);
        }
    }

    // What was wrong is being put right.
    function edited() {
        if (element.classList.contains("wrong")) {
            show("", "", false);
        }
    }

    outcomes.push(state);
    return { ask, edited };
}

export const settle = (connected, late) => outcomes.forEach(state => state(connected, late));
