/* A picture of a panel with all that it must carry: title, measure, what is picked, figure, source, edition, date, link and,
   where there is a map, the words on boundaries. It is laid out by the browser in a frame of its own, as wide as a desk's
   screen whatever the reader's, and then drawn as SVG. Nothing is asked of the server but fonts and styles it has sent. */

import { drawn, inGreys } from "./drawn.js";

const SIDE = 32, BETWEEN = 14; // pixels
const LARGEST = 1.3, TALLEST = 1.5; // by how much a figure may grow: all of it, or its height alone
const SMALLEST = 0.8, FEWEST = 6; // how small words may be before rows are left out, and how many of these stay
const SHAPES = { "16:9": [1120, 630], "4:3": [1040, 780], "1:1": [900, 900] };
const WIDTHS = [420, 480, 540, 600, 660, 720, 780, 840, 920, 1000, 1056, 1120, 1200, 1272, 1400, 1560, 1760, 2000];
const NAME = "Tracking Support for the MDGs";
const STYLE = `
  html, body { margin: 0; background: #fff; overflow: hidden }
  .card { position: absolute; left: 0; top: 0; padding: 0 ${SIDE}px; border-top: 3px solid var(--ink); background: #fff; box-sizing: border-box }
  .card h2 { font: 600 26px/31px var(--serif); margin: 18px 0 4px; text-wrap: pretty }
  .card .sub, .card .picked { font-size: 15px; line-height: 20px; min-height: 0; max-width: none; margin: 0; color: var(--ink-2) }
  .card .picked { margin-top: 2px; color: var(--ink); overflow-wrap: anywhere }
  .card .end { border-top: 1.5px solid var(--ink); padding: 8px 0 14px; font-size: 13px; line-height: 17px; color: var(--ink-2); position: absolute; left: ${SIDE}px; right: ${SIDE}px }
  .card .ends { display: flex; gap: 32px; justify-content: space-between }
  .card .ends > :last-child { text-align: right; flex: none; max-width: 55% }
  .card .ends p { overflow-wrap: anywhere }
  .card .ends b { font-weight: 600; color: var(--ink) }
  .card .shapes { font-size: 12px; line-height: 15px; color: var(--muted); margin-top: 4px }
  .sheet { position: absolute; left: 0; top: 0 }
  .sheet .panel { display: block; border: 0; margin: 0; padding: 0 }
  .sheet .panel::before, .sheet .panel::after, .sheet .tools, .sheet .choices, .sheet .links, .sheet .more, .sheet .open, .sheet .finder,
  .sheet .pager, .sheet .folded, .sheet .heard-only { display: none !important }
  .sheet .body { margin: 0 }
  .sheet .parts > :last-child { margin-bottom: 0 }
  .sheet a { color: inherit; text-decoration: none }
  .sheet .rungs p > a { display: none }
  .sheet.by-four .tiles { grid-template-columns: repeat(4, minmax(0, 1fr)) }
  .sheet.by-three .tiles { grid-template-columns: repeat(3, minmax(0, 1fr)) }
  .sheet.by-two .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)) }
  .sheet.abreast .body { display: grid; grid-template-columns: minmax(0, 2.7fr) minmax(230px, 1fr); column-gap: 28px; align-items: start; align-content: start }
  .sheet.abreast .body > .slot, .sheet.abreast .ranking, .sheet.abreast .tiles { grid-column: 1 }
  .sheet.abreast .body > .slot-map { grid-row: 1 / span 6 }
  .sheet.abreast .body > .slot:not(.map) { grid-row: 7 }
  .sheet.abreast .parts > * { grid-column: 2; margin-top: 0; margin-bottom: 12px }
  .sheet.abreast .classes { flex-direction: column; gap: 2px }
  .sheet.abreast .classes li { display: flex; align-items: center; gap: 8px }
  .sheet.abreast .classes i { width: 44px; height: 14px; flex: none; border: 0 }
  .sheet.abreast .classes span { margin: 0; white-space: nowrap !important }
  .sheet .note, .sheet .prose { max-width: none }
  .sheet .rowlist, .sheet .ranking, .sheet .scroll { overflow: visible; border: 0 }
  .sheet .rowlist :is(small, td) { overflow: visible !important; text-overflow: clip !important }
  .sheet .rowlist .c-place small { max-width: none }
  .sheet * { transition: none !important }`;

/* ---- the frame it is laid out in ---- */

async function frame() {
  const made = document.createElement("iframe");
  made.title = "A picture in the making";
  made.setAttribute("aria-hidden", "true");
  made.tabIndex = -1;
  Object.assign(made.style, { position: "fixed", left: "-10000px", top: "0", width: "1440px", height: "900px", border: "0", visibility: "hidden" });
  const sheets = Array.from(document.querySelectorAll("link[rel=stylesheet]"), (link) => link.href);
  made.srcdoc = "<!doctype html><html lang=en><head></head><body></body></html>";
  const loaded = new Promise((done) => made.addEventListener("load", done, { once: true }));
  document.body.append(made);
  await loaded;
  const inside = made.contentDocument;
  await Promise.all(sheets.map((href) => new Promise((done, failed) => {
    const link = Object.assign(inside.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed });
    inside.head.append(link);
  })));
  inside.head.append(Object.assign(inside.createElement("style"), { textContent: STYLE }));
  await Promise.all(FACES.map(([family, weight]) => inside.fonts.load(`${weight} 16px "${family}"`)));
  return made;
}

function element(inside, name, className, ...children) {
  const made = inside.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/* ---- the words around it ---- */

const text = (panel, selector) => (panel.querySelector(selector) || { textContent: "" }).textContent.trim();

export function words(panel) {
  /* What a copy of a panel says of itself, from the panel as it stands. */
  const said = panel.querySelector(".source").dataset;
  const on = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  return {
    title: text(panel, "h2"), subtitle: text(panel, ".sub"), filters: said.filters, source: text(panel, ".source"),
    edition: said.edition, held: said.held, address: said.address, mark: said.mark, on,
    boundaries: panel.querySelector(".slot-map") && !panel.querySelector(".no-map") ? text(document, ".boundaries") : "",
  };
}

const short = new Map(); // links that were kept, by address

export async function link(address) {
  /* The short link to an address, kept by the server from now on; the address itself where it keeps none. */
  if (!short.has(address)) {
    const answer = await fetch("/s?to=" + encodeURIComponent(address)).catch(() => null);
    if (answer && answer.ok) short.set(address, (await answer.json()).short);
  }
  const way = short.get(address) || address;
  return way.startsWith("/") ? window.location.host + way : way.replace(/^https?:\/\//, "");
}

function card(inside, said, width) {
  const end = element(inside, "div", "end",
    element(inside, "div", "ends",
      element(inside, "div", "", element(inside, "p", "", said.source),
        element(inside, "p", "", `${said.held}. Picture made on ${said.on}.`)),
      element(inside, "div", "", element(inside, "p", "", element(inside, "b", "", NAME)), element(inside, "p", "", said.link))),
    ...(said.boundaries ? [element(inside, "p", "shapes", said.boundaries)] : []));
  const made = element(inside, "div", "card", element(inside, "h2", "", said.title), element(inside, "p", "sub", said.subtitle),
    element(inside, "p", "picked", said.filters), end);
  made.style.width = width + "px";
  inside.body.append(made);
  return made;
}

/* ---- the figure ---- */

function sheet(inside, panel) {
  /* A copy of the panel's body, its figures still to be drawn. */
  const body = panel.querySelector(".body").cloneNode(true);
  body.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  const graphs = Array.from(panel.querySelector(".body").querySelectorAll(".js-plotly-plot"));
  const slots = Array.from(body.querySelectorAll(".slot"), (slot, i) => {
    const graph = element(inside, "div", "graph");
    graph.style.height = "100%";
    slot.replaceChildren(graph);
    return { slot, graph, figure: graphs[i] };
  });
  const section = element(inside, "section", panel.className.replace(/\b(told|defined)\b/g, ""), body);
  section.dataset.panel = panel.dataset.panel;
  const made = element(inside, "div", "sheet", section);
  inside.body.append(made);
  return { made, slots: slots.filter(({ slot, figure }) => figure && inside.defaultView.getComputedStyle(slot).display !== "none") };
}

function extent(made, width, way = "") {
  /* How much room a sheet takes when it is as wide as this and laid out in this way. */
  made.className = "sheet " + way;
  made.style.width = width + "px";
  const wide = Math.max(width, ...Array.from(made.querySelectorAll("table, .tiles, .slot"), (one) => one.getBoundingClientRect().right));
  return { width, wide, way, height: made.getBoundingClientRect().height };
}

function spills(made) {
  /* Whether something is too narrow for the words in it. */
  return Array.from(made.querySelectorAll(".parts *, .parts")).some((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1);
}

function waysOf({ made, slots }) {
  /* How a sheet may be laid out: what explains a map beside it, tiles by fewer in a row. */
  if (slots.some(({ slot }) => slot.classList.contains("map"))) return ["", "abreast"];
  return made.querySelector(".tiles") ? ["", "by-four", "by-three", "by-two"] : [""];
}

function asOnScreen(one, width) {
  /* As wide as the panel is, tiles by as many in a row as have room for their words. */
  const ways = waysOf(one).filter((way) => way !== "abreast");
  return ways.map((way) => () => extent(one.made, width, way)).reduce((found, next) => (found && !spills(one.made) ? found : next()), null);
}

function shortened({ made }, by) {
  /* A table too long to be read in a picture ends earlier and says so. Whether it was so. by: the part of its height that fits. */
  const rows = Array.from(made.querySelectorAll("tbody tr")).filter((row) => row.clientHeight);
  const kept = Math.min(Math.floor(rows.length * 0.9), Math.max(FEWEST, Math.ceil(rows.length * by)));
  if (kept < FEWEST) return false;
  const whole = Number(made.dataset.rows || rows.length), inside = made.ownerDocument;
  made.dataset.rows = whole;
  rows.slice(kept).forEach((row) => row.remove());
  const said = made.querySelector(".cut-short") || rows[0].closest("table").parentElement.appendChild(element(inside, "p", "cut-short note"));
  said.textContent = `Here are the first ${kept} of the ${whole} rows on the page; the link shows all.`;
  return true;
}

function fitted(one, room) {
  /* The way in which what is drawn is largest in the room, long tables cut where nobody could read them. */
  const { made, slots } = one, map = slots.map(({ slot }) => slot).find((slot) => slot.classList.contains("map"));
  const best = largest(one, room, map), { scale, way } = best;
  if (scale < SMALLEST && shortened(one, scale / SMALLEST)) return fitted(one, room);
  if (map) return { scale, ...widened(made, map, best, room) };
  if (extent(made, room.width / scale, way).height * scale > room.height + 0.5) extent(made, best.width, way);
  grow(one, room.height / scale - made.getBoundingClientRect().height);
  return { scale, wide: best.wide, height: made.getBoundingClientRect().height };
}

function largest(one, room, map) {
  const { made } = one;
  const tried = waysOf(one).flatMap((way) => WIDTHS.map((width) => {
    const taken = extent(made, width, way), scale = Math.min(room.width / taken.wide, room.height / taken.height, LARGEST);
    const gain = (map ? map.clientWidth * scale * Math.min(scale, 1) : scale) * (spills(made) ? 0.01 : 1);
    return { ...taken, scale, gain };
  }));
  return tried.reduce((some, other) => (other.gain > some.gain + 1e-6 ? other : some));
}

function widened(made, map, best, room) {
  /* What stands beside a map takes the room that the map leaves. */
  const one = extent(made, best.width, best.way);
  if (!best.way) return one;
  made.querySelector(".body").style.gridTemplateColumns = `${map.clientWidth}px minmax(0, 1fr)`;
  return extent(made, Math.floor(room.width / best.scale), best.way);
}

function grow({ made, slots }, left) {
  /* The tallest figure, or the bars of tiles, take the room that is left, within reason. */
  if (left < 1) return;
  const bars = Array.from(made.querySelectorAll(".columns")), rows = new Set(bars.map((one) => one.getBoundingClientRect().top)).size;
  for (const one of bars) one.style.height = one.clientHeight + Math.min(left / rows, 2 * one.clientHeight) + "px";
  if (!slots.length) return;
  const tall = slots.reduce((one, other) => (other.slot.clientHeight > one.slot.clientHeight ? other : one));
  const height = tall.slot.clientHeight, grown = height + Math.min(left, (TALLEST - 1) * height);
  const whole = tall.graph.clientHeight / height;
  tall.slot.style.setProperty("height", grown + "px", "important");
  tall.graph.style.setProperty("height", grown * whole + "px", "important");
}

async function figures(inside, slots) {
  for (const { slot, graph, figure } of slots) {
    const given = { format: "svg", width: Math.round(graph.clientWidth), height: Math.round(graph.clientHeight), imageDataOnly: true };
    const made = new DOMParser().parseFromString(await window.Plotly.toImage(figure, given), "image/svg+xml").documentElement;
    const seen = Math.min(given.height, slot.clientHeight); // the empty foot of a figure is not shown
    made.setAttribute("height", seen);
    made.setAttribute("viewBox", `0 0 ${given.width} ${seen}`);
    Object.assign(made.style, { display: "block", overflow: "hidden" });
    graph.replaceChildren(inside.importNode(made, true));
  }
}

async function signs(made) {
  /* The signs of absence and of Goals, as SVG of their own. */
  const named = new Set(Array.from(made.querySelectorAll("img"), (one) => one.getAttribute("src")));
  const read = async (src) => [src, new DOMParser().parseFromString(await (await fetch(src)).text(), "image/svg+xml").documentElement];
  return Object.fromEntries(await Promise.all(Array.from(named, read)));
}

/* ---- the picture ---- */

export async function picture(panel, { shape = "16:9", palette = "light" } = {}) {
  /* Its SVG without fonts, and its size in pixels. */
  const made = await frame();
  try {
    const inside = made.contentDocument;
    const free = shape === "screen", [width, tall] = free ? [Math.max(panel.clientWidth + 2 * SIDE, 420)] : SHAPES[shape];
    const said = words(panel), around = card(inside, { ...said, link: await link(said.address) }, width), end = around.querySelector(".end");
    const top = around.querySelector(".picked").getBoundingClientRect().bottom + BETWEEN, below = end.getBoundingClientRect().height;
    const one = sheet(inside, panel);
    const room = { width: width - 2 * SIDE, height: free ? Infinity : tall - top - below - BETWEEN };
    const fit = free ? asOnScreen(one, room.width) : fitted(one, room);
    const scale = free ? Math.min(1, room.width / fit.wide) : fit.scale;
    const height = free ? Math.ceil(top + fit.height * scale + BETWEEN + below) : tall;
    around.style.height = height + "px";
    end.style.bottom = "0";
    await figures(inside, one.slots);
    const images = await signs(one.made);
    const origin = (of) => { const { x, y } = of.getBoundingClientRect(); return { x, y }; };
    const body = drawn(around, origin(around), images)
      + `<g transform="translate(${SIDE} ${top.toFixed(2)}) scale(${scale.toFixed(4)})">${drawn(one.made, origin(one.made), images)}</g>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" `
      + `viewBox="0 0 ${width} ${height}" style="font-variant-numeric: tabular-nums lining-nums">${body}</svg>`;
    return { svg: palette === "print" ? inGreys(svg) : svg, width, height };
  } finally {
    made.remove();
  }
}

/* ---- fonts: part of the file, so that it looks alike wherever it is opened ---- */

const FACES = [
  ["Source Sans 3", 400, "SourceSansPro-Regular.ttf"], ["Source Sans 3", 600, "SourceSansPro-Semibold.ttf"],
  ["Source Serif 4", 600, "SourceSerifPro-Semibold.ttf"],
];
let faces = null;

function inText(bytes) {
  return new Promise((done, failed) => {
    const reader = Object.assign(new FileReader(), { onload: () => done(reader.result.split(",")[1]), onerror: failed });
    reader.readAsDataURL(bytes);
  });
}

async function fonts() {
  const face = async ([family, weight, file]) => `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/ttf;base64,`
    + `${await inText(await (await fetch("/fonts/" + file)).blob())}) format("truetype")}`;
  faces = faces || (await Promise.all(FACES.map(face))).join("");
  return faces;
}

export async function file(panel, look) {
  /* The picture as a file of SVG. */
  const made = await picture(panel, look), style = `<style>${await fonts()}</style>`;
  return { ...made, blob: new Blob([made.svg.replace(">", ">" + style)], { type: "image/svg+xml" }) };
}

export async function bitmap(panel, look) {
  /* The picture as a file of PNG, so many times as large as the look says. */
  const made = await file(panel, look), by = Number(look.scale) || 2, address = URL.createObjectURL(made.blob);
  try {
    const image = new Image(made.width, made.height);
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: made.width * by, height: made.height * by });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("too large"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
