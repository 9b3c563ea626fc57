/* HTML drawn as SVG: boxes, borders, bars, signs and texts where the browser has laid them out. Each line of text is one
   SVG text as long as the browser made it, so that no program that opens the picture can have texts meet. */

const NS = "http://www.w3.org/2000/svg";
const THIN = 0.05;

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const round = (number) => String(Math.round(number * 100) / 100);
const seen = (colour) => colour && colour !== "transparent" && !/^rgba\(.*, 0\)$/.test(colour);

function attributes(given) {
  return Object.entries(given).filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? round(value) : escaped(String(value))}"`).join("");
}

const tag = (name, given) => `<${name}${attributes(given)}/>`;

/* ---- greys: each colour as light as it was ---- */

const part = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const back = (light) => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);

function grey(red, green, blue) {
  const light = 0.2126 * part(red / 255) + 0.7152 * part(green / 255) + 0.0722 * part(blue / 255);
  const value = Math.round(back(light) * 255);
  return [value, value, value];
}

export function inGreys(text) {
  /* An SVG with every colour it names as a grey. */
  const short = (all, hex) => hex.length === 3 ? Array.from(hex, (digit) => parseInt(digit + digit, 16))
    : [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return text
    .replace(/(?<=["':\s(])#([0-9a-f]{6}|[0-9a-f]{3})\b/gi, (all, hex) => "rgb(" + grey(...short(all, hex)).join(", ") + ")")
    .replace(/rgb(a?)\((\d+), ?(\d+), ?(\d+)/g, (all, with_, ...three) => `rgb${with_}(` + grey(...three.slice(0, 3).map(Number)).join(", "));
}

/* ---- boxes ---- */

function box(at, style) {
  /* Ground, flat gradients, inner rules and borders of a box. */
  if (at.width < THIN && at.height < THIN) return "";
  return ground(at, style) + layers(at, style) + shadows(at, style) + borders(at, style);
}

function ground(at, style) {
  if (!seen(style.backgroundColor)) return "";
  const radius = parseFloat(style.borderTopLeftRadius) || 0;
  const rx = style.borderTopLeftRadius.endsWith("%") ? at.width * radius / 100 : radius;
  return tag("rect", { ...at, fill: style.backgroundColor, rx: rx || undefined });
}

function layers(at, style) {
  /* Bars that are drawn as gradients of one colour: each has its size and its side. */
  const flat = Array.from(style.backgroundImage.matchAll(/linear-gradient\((rgba?\([^)]*\)), \1\)/g), (found) => found[1]);
  const sizes = style.backgroundSize.split(", "), sides = style.backgroundPosition.split(", ");
  const length = (text, whole) => text.endsWith("%") ? whole * parseFloat(text) / 100 : parseFloat(text) || whole;
  return flat.map((fill, i) => {
    const [across, down = across] = sizes[i % sizes.length].split(" ");
    const [left, top = left] = sides[i % sides.length].split(" ");
    const width = parseFloat(across) === 0 ? 0 : length(across, at.width), height = parseFloat(down) === 0 ? 0 : length(down, at.height);
    const x = at.x + (at.width - width) * (parseFloat(left) || 0) / 100, y = at.y + (at.height - height) * (parseFloat(top) || 0) / 100;
    return width > THIN && height > THIN ? tag("rect", { x, y, width, height, fill }) : "";
  }).reverse().join("");
}

function shadows(at, style) {
  /* Rules drawn as shadows without blur: around what is picked, or on one side. */
  const found = Array.from(style.boxShadow.matchAll(/(rgba?\([^)]*\)) (-?[\d.]+)px (-?[\d.]+)px 0px ([\d.]+)px( inset)?/g));
  return found.map(([, fill, , down, spread, inset]) => {
    const y = Number(down), wide = Number(spread);
    if (inset && wide) return outline(at, fill, wide);
    if (inset) return tag("rect", { x: at.x, y: y > 0 ? at.y : at.y + at.height + y, width: at.width, height: Math.abs(y), fill });
    return wide ? "" : tag("rect", { x: at.x, y: at.y + at.height, width: at.width, height: Math.abs(y), fill });
  }).join("");
}

function outline(at, stroke, wide, dashes) {
  if (at.width <= wide || at.height <= wide) return tag("rect", { ...at, fill: stroke }); // nothing of it is inside its border
  const inner = { x: at.x + wide / 2, y: at.y + wide / 2, width: at.width - wide, height: at.height - wide };
  return tag("rect", { ...inner, fill: "none", stroke, "stroke-width": wide, "stroke-dasharray": dashes });
}

function borders(at, style) {
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
    side, wide: parseFloat(style[`border${side}Width`]) || 0, kind: style[`border${side}Style`], colour: style[`border${side}Color`],
  }));
  const drawn = sides.filter(({ wide, kind, colour }) => wide && kind !== "none" && kind !== "hidden" && seen(colour));
  const same = drawn.length === 4 && drawn.every((one) => one.wide === drawn[0].wide && one.colour === drawn[0].colour);
  const dashes = (one) => ({ dotted: "1 2", dashed: "4 3" })[one.kind];
  if (same && style.borderTopLeftRadius.startsWith("50%")) {
    const wide = drawn[0].wide, rx = at.width / 2;
    return tag("rect", { x: at.x + wide / 2, y: at.y + wide / 2, width: at.width - wide, height: at.height - wide, rx, fill: "none", stroke: drawn[0].colour, "stroke-width": wide });
  }
  if (same) return outline(at, drawn[0].colour, drawn[0].wide, dashes(drawn[0]));
  return drawn.map((one) => {
    const right = at.x + at.width, bottom = at.y + at.height, half = one.wide / 2;
    const line = { Top: [at.x, at.y + half, right, at.y + half], Bottom: [at.x, bottom - half, right, bottom - half],
      Left: [at.x + half, at.y, at.x + half, bottom], Right: [right - half, at.y, right - half, bottom] }[one.side];
    return tag("line", { x1: line[0], y1: line[1], x2: line[2], y2: line[3], stroke: one.colour, "stroke-width": one.wide, "stroke-dasharray": dashes(one) });
  }).join("");
}

/* ---- texts ---- */

const canvas = document.createElement("canvas").getContext("2d");

function ascent(style) {
  /* Which part of a line's height lies above the baseline. */
  canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = canvas.measureText("x");
  return above / (above + below);
}

function lines(node) {
  /* The words of a text node by the line they stand on. */
  const range = node.ownerDocument.createRange(), found = [];
  for (const word of node.data.matchAll(/[^\s\u00a0]+(\u00a0+[^\s\u00a0]+)*/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const rects = Array.from(range.getClientRects()).filter((rect) => rect.width > THIN);
    if (!rects.length) continue;
    const last = found[found.length - 1];
    if (rects.length === 1 && last && Math.abs(last.top - rects[0].top) < 1) {
      last.words += " " + word[0];
      last.right = rects[0].right;
    } else if (rects.length === 1) {
      found.push({ words: word[0], left: rects[0].left, right: rects[0].right, top: rects[0].top, height: rects[0].height });
    } else {
      found.push(...broken(range, node, word));
    }
  }
  return found;
}

function broken(range, node, word) {
  /* A word that is broken over lines, letter by letter. */
  const found = [];
  Array.from(word[0]).reduce((at, letter) => {
    range.setStart(node, at);
    range.setEnd(node, at + letter.length);
    const rect = range.getBoundingClientRect(), last = found[found.length - 1];
    if (last && Math.abs(last.top - rect.top) < 1) Object.assign(last, { words: last.words + letter, right: rect.right });
    else found.push({ words: letter, left: rect.left, right: rect.right, top: rect.top, height: rect.height });
    return at + letter.length;
  }, word.index);
  return found;
}

function written(node, style, from) {
  const above = ascent(style);
  return lines(node).map((line) => `<text${attributes({
    x: line.left - from.x, y: line.top - from.y + above * line.height, textLength: line.right - line.left, lengthAdjust: "spacingAndGlyphs",
    fill: style.color, "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight === "400" ? undefined : style.fontWeight,
  })}>${escaped(line.words)}</text>`).join("");
}

/* ---- elements ---- */

function nested(svg, at) {
  const copy = svg.cloneNode(true);
  for (const [name, value] of Object.entries(at)) copy.setAttribute(name, round(value));
  copy.removeAttribute("class");
  return new XMLSerializer().serializeToString(copy).replaceAll(` xmlns="${NS}"`, "").replace("<svg", `<svg xmlns="${NS}"`);
}

function pseudo(element, which, at) {
  /* A bar that is no element of its own. */
  const style = element.ownerDocument.defaultView.getComputedStyle(element, which);
  if (style.content === "none" || style.position !== "absolute" || style.visibility === "hidden") return "";
  const size = { width: parseFloat(style.width) || 0, height: parseFloat(style.height) || 0 };
  if (size.width < THIN || size.height < THIN) return "";
  return box({ x: at.x + (parseFloat(style.left) || 0), y: at.y + (parseFloat(style.top) || 0), ...size }, style);
}

export function drawn(element, from, signs) {
  /* What is seen of an element and of all that is in it. from: the point that is 0, 0. signs: images by address. */
  const style = element.ownerDocument.defaultView.getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || style.clipPath.startsWith("inset(50%")) return "";
  const rect = element.getBoundingClientRect();
  const at = { x: rect.x - from.x, y: rect.y - from.y, width: rect.width, height: rect.height };
  let out = box(at, style);
  if (element.namespaceURI === NS) out = nested(element, at);
  else if (element.tagName === "IMG") out = signs[element.getAttribute("src")] ? nested(signs[element.getAttribute("src")], at) : "";
  else {
    out += pseudo(element, "::before", at);
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) out += written(child, style, from);
      else if (child.nodeType === Node.ELEMENT_NODE) out += drawn(child, from, signs);
    }
    out += pseudo(element, "::after", at);
  }
  return style.opacity === "1" || !out ? out : `<g opacity="${style.opacity}">${out}</g>`;
}
