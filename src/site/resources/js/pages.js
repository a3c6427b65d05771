// What the pages need in the browser: ids of headings as GitHub makes them, a list of the sections, and diagrams.
"use strict";

const main = document.querySelector("main");
const headings = [...main.querySelectorAll("h1, h2, h3, h4, h5, h6")];

// On a narrow screen the menus are folded, and the name with them.
document.querySelector("#topbar .container").prepend(document.querySelector("#topbar .brand"));
nameHeadings();
listSections();
goToSection();
// Prettify takes the "//" of an address for a comment.
main.querySelectorAll("code.language-properties").forEach(code => code.classList.add("nocode"));
draw([...main.querySelectorAll("code.language-mermaid")].map(code => code.closest("pre")));

function nameHeadings() {
    const used = new Map();
    for (const heading of headings) {
        const id = heading.textContent.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "").replaceAll(" ", "-");
        const before = used.get(id) ?? 0;
        used.set(id, before + 1);
        heading.id = before ? `${id}-${before}` : id;
    }
}

function listSections() {
    const sections = headings.filter(heading => heading.matches("h2, h3"));
    if (sections.length < 3) {
        return;
    }
    const list = document.createElement("nav");
    list.id = "sections";
    list.setAttribute("aria-label", "Sections");
    for (const section of sections) {
        const link = document.createElement("a");
        link.href = "#" + section.id;
        link.className = section.localName;
        link.textContent = section.textContent;
        list.append(link);
    }
    main.append(list);
    main.classList.add("sectioned");
}

// The browser has looked for the section before it had a name.
function goToSection() {
    if (location.hash) {
        document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    }
}

function draw(sources) {
    if (sources.length === 0) {
        return;
    }
    const script = document.createElement("script");
    script.src = new URL("mermaid.min.js", document.querySelector("script[src$='/pages.js']").src);
    script.onload = async () => {
        mermaid.initialize({ startOnLoad: false, theme: "neutral", flowchart: { wrappingWidth: 260 } });
        const diagrams = sources.map(source => {
            const diagram = document.createElement("div");
            diagram.className = "diagram";
            diagram.textContent = source.textContent;
            source.replaceWith(diagram);
            return diagram;
        });
        await mermaid.run({ nodes: diagrams });
        // Narrower, they scroll: who could read the text of one that shrinks further?
        for (const { style } of diagrams.map(diagram => diagram.querySelector("svg"))) {
            style.minWidth = `min(640px, ${style.maxWidth})`;
        }
        goToSection();
    };
    document.head.append(script);
}
