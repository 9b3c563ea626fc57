/* In a frame: draws the figures, folds the table, tells the host how high the page is, and turns clicks into
   addresses of the frame itself where that was asked for. Nothing is stored and nothing asked of another host. */
(function () {
  "use strict";

  const root = document.documentElement;
  const picks = root.classList.contains("picks");
  const LOOK = ["theme", "height", "lang", "click"];

  /* ---- how high the page is: told when it changes and when it is asked ---- */

  let told = 0;

  function tell(asked) {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (window.parent === window || (height === told && asked !== true)) return;
    told = height;
    window.parent.postMessage({ type: "mdg-embed-height", height: height }, "*"); // a number, no secret
  }

  window.addEventListener("message", function (event) {
    if (event.source === window.parent && event.data && event.data.type === "mdg-embed-ask") tell(true);
  });

  /* ---- clicks ---- */

  function look() {
    const kept = Array.from(new URLSearchParams(window.location.search)).filter(([key]) => LOOK.includes(key));
    return new URLSearchParams(kept).toString();
  }

  function go(query) {
    window.location.assign(window.location.pathname + "?" + query);
  }

  function pick(said, add) {
    const terms = new URLSearchParams(window.location.search);
    terms.set("pick", said);
    if (add) terms.set("add", "on");
    go(terms.toString());
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("button, a");
    if (!target) return;
    const data = target.dataset;
    if (data.key && data.code !== undefined) {
      if (picks) pick(data.key + ":" + data.code, event.shiftKey);
    } else if (data.search !== undefined) {
      event.preventDefault();
      if (picks) go([data.search, look()].filter(Boolean).join("&"));
    } else if (target.classList.contains("more")) {
      const all = target.closest(".panel").classList.toggle("all");
      target.textContent = all ? "show fewer" : "show all";
      target.setAttribute("aria-expanded", String(all));
      window.requestAnimationFrame(still);
    }
  });

  function still() {
    /* What cannot be picked here is no control. */
    if (picks) return;
    for (const button of document.querySelectorAll("button[data-key]")) button.disabled = true;
    for (const link of document.querySelectorAll("a[data-search]")) link.removeAttribute("href");
  }

  /* ---- figures ---- */

  function texts(kind) {
    return Array.from(document.querySelectorAll("script[data-is=" + kind + "]"), (one) => JSON.parse(one.textContent));
  }

  function spoken(event) {
    const point = (event.points || [])[0];
    const said = point && [].concat(point.customdata === undefined ? [] : point.customdata)[0];
    return String(said === undefined ? "" : said).indexOf(":") > 0 ? String(said) : "";
  }

  function draw() {
    const [config] = texts("config"), figures = texts("figure");
    return Promise.all(Array.from(document.querySelectorAll("[data-figure]"), function (place) {
      const figure = figures[Number(place.dataset.figure)];
      return window.Plotly.newPlot(place, figure.data, figure.layout, config).then(function () {
        if (picks) place.on("plotly_click", function (event) {
          const said = spoken(event);
          if (said) pick(said, event.event && event.event.shiftKey);
        });
      });
    }));
  }

  function faces() {
    /* Labels are measured once: the faces are there before. */
    const wanted = ["400 13px 'Source Sans 3'", "600 13px 'Source Sans 3'"];
    return Promise.all(wanted.map((face) => document.fonts.load(face))).catch(() => {});
  }

  function plotly() {
    const script = document.querySelector("script[data-is=plotly]");
    return !script || window.Plotly ? Promise.resolve() : new Promise((done) => script.addEventListener("load", done));
  }

  for (const table of document.querySelectorAll("details[open]")) table.open = false;
  root.classList.add("ready"); // also has the parts built, which are built when the page changes
  window.requestAnimationFrame(still);
  new ResizeObserver(tell).observe(document.body);
  Promise.all([faces(), plotly()]).then(draw).finally(function () {
    root.classList.add("drawn");
    tell(true);
  });
})();
