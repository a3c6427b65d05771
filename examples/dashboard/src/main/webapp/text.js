// Texts of others, always as text: topics, addresses, times.

// Lines end after a slash; inside a word only where that alone is too long.
export function breakable(text) {
    const parts = document.createDocumentFragment();
    for (const part of text.split(/(?<=\/)(?!\/)/)) {
        parts.append(part, document.createElement("wbr"));
    }
    return parts;
}

// A time of day, with the date once that is another one.
export function time(at) {
    const element = document.createElement("time");
    element.dateTime = new Date(at).toISOString();
    show(element);
    return element;
}

function show(element) {
    const at = new Date(element.dateTime);
    const day = at.toDateString() === new Date().toDateString() ? "" : at.toLocaleDateString() + " ";
    element.textContent = day + at.toLocaleTimeString([], { hourCycle: "h23" });
}

const again = () => document.querySelectorAll("time").forEach(show);
setInterval(again, 60_000);
document.addEventListener("visibilitychange", again);
