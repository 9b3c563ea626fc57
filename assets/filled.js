/* Builds the children of elements that carry them as JSON text: data-as says what, data-fill holds it.
   Texts become text nodes; nothing is read as HTML. */
(function () {
  "use strict";

  function element(name, properties, children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (value === undefined || value === null || value === "") continue;
      if (key.startsWith("--")) made.style.setProperty(key, value);
      else made.setAttribute(key, value);
    }
    made.append(...[].concat(children === undefined || children === null ? [] : children));
    return made;
  }

  function absence() {
    return element("img", { src: "/assets/marks/not-reported.svg", alt: "not reported", class: "mark" });
  }

  function figure(text) {
    /* A gap is written with its sign and coloured as one; two dots are an absence. */
    if (text === "" || text === "..") return absence();
    return text.startsWith("\u2212") ? element("span", { class: "minus" }, text) : text;
  }

  function bar(given) {
    return given ? element("i", { title: given[0], "--b": given[1], "--f": given[2] }) : [];
  }

  function speaking(key, code, on, more, words) {
    return element("button", Object.assign({ type: "button", "data-key": key, "data-code": code, "aria-pressed": String(on) }, more), words);
  }

  function covered([state, text, words, shade, below], name, year, href, palette, dense) {
    /* A year of a donor: an amount, a zero, two dots, or an empty frame; each says what it is. */
    const said = name + ", " + year + ": " + words;
    const fill = shade < 0 ? {} : { "--fill": palette[shade][0], "--on": palette[shade][1] };
    if (state === "outside") return element("td", { class: state, title: said }, element("span", { class: "heard-only" }, words));
    if (state === "not-reported") return element("td", { class: state, title: said }, absence());
    const inside = dense && state === "whole" ? [element("small", { "aria-hidden": "true" }, below), element("span", { class: "heard-only" }, words)]
      : dense && state !== "zero" ? element("span", { class: "heard-only" }, words)
      : [element("b", {}, text), ...(dense ? [] : [element("small", {}, below)])];
    const linking = href ? { href: href.replaceAll("{year}", year), title: said, "data-page": "/rows" } : { title: said };
    return element("td", Object.assign({ class: state }, fill), element(href ? "a" : "span", linking, inside));
  }

  function behindOf(query, words, whose) {
    /* A link from a figure to the rows behind it. */
    return element("a", { href: "/rows?" + query, "data-page": "/rows", "aria-label": words + ", rows of " + whose }, words);
  }

  function plant(node) {
    /* An element from its name, its attributes and what is in it; or a text. */
    if (typeof node === "string") return node;
    const [name, { style, ...attributes }, inside] = node;
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(key, value === true ? "" : value);
    Object.assign(made.style, style);
    made.append(...inside.map(plant));
    if (made.dataset.fill) fill(made);
    return made;
  }

  const build = {
    tree: (nodes) => nodes.map(plant),

    bars: (bars) => bars.map(bar),

    cells: ({ key, cells }) => cells.map(([code, text, label, colour, ink, on]) =>
      speaking(key, code, on, { title: label, "aria-label": label, style: "background:" + colour + ";color:" + ink }, text)),

    rows: ({ key, bar_at, stages, rows }) => rows.map(({ code, name, cells, bar: drawn, state, behind }) => {
      const made = cells.map((text, i) => element("td", {}, behind && stages[i] && text && text !== ".."
        ? behindOf(behind + "&stage=" + stages[i], text, name + ", " + stages[i]) : figure(text)));
      if (bar_at >= 0) made.splice(bar_at, 0, element("td", { class: "bar" }, bar(drawn)));
      const named = code ? speaking(key, code, state === "on", {}, name) : name;
      return element("tr", { class: state }, [element("th", { scope: "row", class: "name" }, named), ...made]);
    }),

    exact: ({ kinds, rows, behind }) => rows.map((row, at) => element("tr", {}, row.map((text, i) =>
      element(i ? "td" : "th", { class: kinds[i], scope: i ? "" : "row" }, text === null ? absence() : text)
    ).concat(behind.some(Boolean) ? [element("td", {}, behind[at] ? behindOf(behind[at], "Rows", row[1] || row[0]) : [])] : []))),

    heat: ({ columns, linked, palette, dense, rows }) => rows.map(([code, name, told, cells, total, href]) =>
      element("tr", {}, [
        element("th", { scope: "row", class: "name" }, name),
        element("td", { class: "told" }, told),
        ...cells.map((cell, i) => covered(cell, name, columns[i], linked.includes(columns[i]) ? href : "", palette, dense)),
        element("td", { class: "sum" }, total === "" ? absence() : total),
      ])),

    grid: ({ base, query, kinds, labels, rows }) => rows.map(([number, cells]) => element("tr", {}, cells.map(([main, small, exact], i) => {
      const words = main === undefined || main === "" ? absence() : main;
      const first = i ? words : element("a", { href: base + number + (query ? "?" + query : ""), "data-page": base + number }, main);
      const under = small ? [element("small", {}, small)] : [];
      return element(i ? "td" : "th", { class: kinds[i], scope: i ? "" : "row", title: exact, "data-label": labels[i] }, [first, ...under]);
    }))),

    field: (given) => [element("input", given)],

    terms: (terms) => terms.map(([name, words]) =>
      element("div", {}, [element("dt", {}, name), element("dd", {}, words)])),
  };

  function fill(element) {
    const text = element.dataset.fill;
    if (element.filledWith === text) return;
    if (element.classList.contains("rest") && !element.closest(".all")) return; // not shown: built when it is
    if (element.classList.contains("terms") && !element.closest(".defined")) return;
    element.filledWith = text;
    element.replaceChildren(...build[element.dataset.as](JSON.parse(text)));
    element.filled = Array.from(element.childNodes);
  }

  function clear(element) {
    /* An element that is reused for something else keeps nothing of ours. */
    if (element.filled === undefined || element.hasAttribute("data-fill")) return;
    element.filled.forEach((child) => child.remove());
    element.filled = element.filledWith = undefined;
  }

  let waiting = false, changed = [];

  function look() {
    waiting = false;
    changed.splice(0).forEach(clear);
    document.querySelectorAll("[data-fill]").forEach(fill);
  }

  new MutationObserver(function (records) {
    for (const record of records) if (record.attributeName === "data-fill") changed.push(record.target);
    if (waiting) return;
    waiting = true;
    queueMicrotask(look); // before the next paint, so that nothing flickers
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-fill", "class"] });
})();
