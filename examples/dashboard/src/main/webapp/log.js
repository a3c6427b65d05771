// The latest messages, newest first.
import { shown, time } from "./topics.js";

const MOST = 30;
const rows = document.getElementById("log");

export function log(messages) {
    for (const message of messages.slice(-MOST)) {
        const row = rows.insertRow(0);
        for (const text of [time(message), message.topic, shown(message), message.qos, message.retained ? "yes" : ""]) {
            row.insertCell().textContent = text;
        }
    }
    while (rows.rows.length > MOST) {
        rows.deleteRow(-1);
    }
}
