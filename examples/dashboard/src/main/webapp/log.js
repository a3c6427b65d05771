// The latest messages, newest first.
import { breakable, time } from "./text.js";
import { shown } from "./topics.js";

const MOST = 30;
const rows = document.getElementById("log");
const none = document.getElementById("silent");

export function log(messages) {
    for (const message of messages.slice(-MOST)) {
        const row = rows.insertRow(0);
        const retained = message.retained ? "yes" : "";
        for (const text of [time(message.at), breakable(message.topic), shown(message), message.qos, retained]) {
            row.insertCell().append(text);
        }
    }
    none.hidden = rows.rows.length > 0;
    rows.parentElement.hidden = !none.hidden;
    while (rows.rows.length > MOST) {
        rows.deleteRow(-1);
    }
}
