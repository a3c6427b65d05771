// A line of the last values.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 200;
const HEIGHT = 60;
const EDGE = 4;

export function chart(topic) {
    const element = document.createElement("div");
    element.hidden = true;
    const svg = element.appendChild(document.createElementNS(SVG, "svg"));
    svg.setAttribute("class", "chart");
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("role", "img");
    const line = svg.appendChild(document.createElementNS(SVG, "path"));
    const range = element.appendChild(document.createElement("p"));
    range.className = "range";
    range.setAttribute("aria-hidden", "true"); // the chart's own label says it
    const [least, most] = [range.appendChild(document.createElement("span")), range.appendChild(document.createElement("span"))];

    function draw(values) {
        element.hidden = values.length < 2;
        if (element.hidden) {
            return;
        }
        const low = Math.min(...values);
        const high = Math.max(...values);
        const points = values.map((value, i) => {
            const x = (i / (values.length - 1)) * WIDTH;
            const y = high === low ? HEIGHT / 2 : EDGE + ((high - value) / (high - low)) * (HEIGHT - 2 * EDGE);
            return x.toFixed(1) + " " + y.toFixed(1);
        });
        line.setAttribute("d", "M" + points.join("L"));
        least.textContent = "min " + low;
        most.textContent = "max " + high;
        svg.setAttribute("aria-label",
            `Chart of ${topic}: the last ${values.length} values, from ${low} to ${high}, now ${values.at(-1)}`);
    }

    return { element, draw };
}
