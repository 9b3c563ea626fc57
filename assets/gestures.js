/* What the reader's hand does, turned into one store: {"key", "codes", "add", "at"}. The server answers the rest.
   Buttons carry data-key and data-code; points of figures carry customdata "key:code". */
(function () {
  "use strict";

  window.dash_clientside = Object.assign({}, window.dash_clientside, { pages: { same: (value) => value } });

  let held = null; // the panel under the reader's hand, and where it stood in the window

  function speak(key, codes, add, from) {
    const panel = from && from.closest(".panel");
    const { key: at, code } = document.activeElement.dataset;
    held = panel && { panel, at, code, top: panel.querySelector(".body").getBoundingClientRect().top, until: Date.now() + 2500 };
    window.dash_clientside.set_props("gesture", {
      data: { key: key, codes: codes, add: Boolean(add), at: Date.now() },
    });
  }

  /* ---- figures: a click picks, shift adds, a box adds ---- */

  function spokenBy(points) {
    const said = { key: "", codes: [] };
    for (const point of points || []) {
      const data = [].concat(point.customdata === undefined ? [] : point.customdata)[0];
      const cut = String(data === undefined ? "" : data).indexOf(":");
      if (cut < 1) continue;
      const key = String(data).slice(0, cut);
      if (said.key && said.key !== key) continue;
      said.key = key;
      for (const code of String(data).slice(cut + 1).split(",")) {
        if (code && !said.codes.includes(code)) said.codes.push(code);
      }
    }
    return said.codes.length ? said : null;
  }

  function listen(figure) {
    if (!figure.on || !figure._ev || figure._ev.heard) return;
    figure._ev.heard = true;
    if (figure._fullLayout && figure._fullLayout.geo) home(figure);
    figure.on("plotly_click", function (event) {
      const said = spokenBy((event.points || []).slice(0, 1));
      if (said) speak(said.key, said.codes, event.event && event.event.shiftKey, figure);
    });
    figure.on("plotly_selected", function (event) {
      if (!event || !event.range) return; // the end of a click, not of a box
      const said = spokenBy(event.points);
      if (said) speak(said.key, said.codes, true, figure);
      box(figure, false);
    });
    figure.on("plotly_relayout", function (change) {
      note(figure, change);
      follow(figure, change);
    });
  }

  /* ---- maps: zoom of one follows the other; a box picks several ---- */

  function maps() {
    return Array.from(document.querySelectorAll(".slot-map .js-plotly-plot"));
  }

  function note(figure, change) {
    /* The reader's view of a map, by the addresses plotly gives its parts. */
    for (const key of Object.keys(change)) {
      if (key.startsWith("geo.")) figure.view = Object.assign(figure.view || {}, { [key]: change[key] });
    }
  }

  function seenAs(layout, view) {
    const geo = JSON.parse(JSON.stringify(layout.geo));
    for (const [key, value] of Object.entries(view)) {
      const path = key.split(".").slice(1);
      const last = path.pop();
      const at = path.reduce((part, name) => (part[name] = part[name] || {}), geo);
      if (value === null) delete at[last];
      else at[last] = value;
    }
    return Object.assign({}, layout, { geo: geo, dragmode: dragged(view) });
  }

  function keepViews() {
    /* Every new drawing is seen as the reader last turned the map. Dash writes the old view into the old drawing, so
       plotly's own memory (uirevision) forgets it. */
    if (!window.Plotly || window.Plotly.react.keeps) return;
    const react = window.Plotly.react;
    window.Plotly.react = function (figure, drawing, ...rest) {
      const turned = figure && figure.view && drawing && drawing.layout && drawing.layout.geo;
      const shown = turned ? Object.assign({}, drawing, { layout: seenAs(drawing.layout, figure.view) }) : drawing;
      return react.call(this, figure, shown, ...rest);
    };
    window.Plotly.react.keeps = true;
  }

  let following = false;

  function follow(figure, change) {
    const wished = document.body.classList.contains("zoom-together");
    if (!wished || following || !figure.closest(".slot-map")) return;
    const view = {};
    for (const key of Object.keys(change)) if (key.startsWith("geo.")) view[key] = change[key];
    if (!Object.keys(view).length) return;
    following = true;
    const others = maps().filter((map) => map !== figure);
    Promise.all(others.map((map) => window.Plotly.relayout(map, Object.assign({ dragmode: dragged(Object.assign({}, map.view, view)) }, view)))).finally(function () {
      following = false;
    });
  }

  function dragged(view) {
    /* A whole map leaves the finger to the page; a magnified one can be moved. */
    return (view && view["geo.projection.scale"] > 1) ? "pan" : false;
  }

  function box(figure, on) {
    window.Plotly.relayout(figure, { dragmode: on ? "select" : dragged(figure.view) });
    const tool = figure.closest(".panel").querySelector("[data-tool=box]");
    if (tool) tool.setAttribute("aria-pressed", String(on));
  }

  function home(figure) {
    return (figure.home = figure.home === undefined ? figure._fullLayout.geo.projection.rotation.lon : figure.home);
  }

  const zooms = { in: 1.5, out: 1 / 1.5 };

  function zoom(figure, by) {
    const scale = figure._fullLayout.geo.projection.scale;
    const view = by === "all" ? { "geo.projection.scale": 1, "geo.center": null, "geo.projection.rotation.lon": home(figure), "geo.projection.rotation.lat": 0 } : {
      "geo.projection.scale": Math.min(Math.max(scale * zooms[by], 1), 12),
    };
    window.Plotly.relayout(figure, Object.assign(view, { dragmode: dragged(view) }));
  }

  function tool(button) {
    const figure = button.closest(".panel").querySelector(".slot-map .js-plotly-plot");
    const does = button.dataset.tool;
    if (does === "together") {
      const on = document.body.classList.toggle("zoom-together");
      for (const other of document.querySelectorAll("[data-tool=together]")) other.setAttribute("aria-pressed", String(on));
    } else if (figure && does === "box") {
      box(figure, button.getAttribute("aria-pressed") !== "true");
    } else if (figure) {
      zoom(figure, does);
    }
  }

  /* ---- buttons and links ---- */

  function go(path, search) {
    window.history.pushState({}, "", path + search);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function kept(link) {
    /* Links between pages carry the selection as it stands; the page's own Goal is not part of it. */
    if (!link.closest(".nav") && link.getAttribute("href").includes("?")) return link.getAttribute("href");
    return link.dataset.page + (link.closest(".top") ? carried(link.dataset.page) : "");
  }

  const OWN_TERMS = { // what these pages share with the others
    "/methods": [], "/data": ["source", "edition"], "/findings": ["edition", "registry"],
    "/gaps": ["edition", "registry"], "/overlaps": ["edition", "registry"],
    "/changes": [], "/needs": ["edition"],
  };

  const OF_REGISTER = /^\/(commitments|(commitment|forum|donor|recipient)\/)/;

  function terms(path) {
    return OF_REGISTER.test(path) ? ["edition", "registry"] : OWN_TERMS[path];
  }

  const LIST_TERMS = ["stage", "sort", "text", "columns", "page"]; // they stay with the list of rows

  function written(terms) {
    /* A query string, commas as the server writes them. */
    const text = new URLSearchParams(terms).toString().replace(/%2C/g, ",");
    return text && "?" + text;
  }

  function carried(path) {
    /* The selection, or what of it both pages know. */
    const known = [terms(window.location.pathname), terms(path)].filter(Boolean);
    const listed = (path === "/rows" ? [] : LIST_TERMS).concat(OF_REGISTER.test(path) ? [] : ["registry"]);
    const kept = Array.from(new URLSearchParams(window.location.search)).filter(([key]) =>
      known.every((keys) => keys.includes(key)) && !listed.includes(key));
    return written(kept);
  }

  document.addEventListener("submit", function (event) {
    /* A form that asks for an address is followed without loading everything anew. */
    if (!event.target.matches(".seek")) return;
    event.preventDefault();
    const terms = Array.from(new FormData(event.target)).filter(([, value]) => value.trim());
    go(event.target.getAttribute("action"), written(terms));
  });

  const PHONE = window.matchMedia("(max-width: 760px)");

  function stays(popover) {
    /* On a phone "More filters" holds the other filters, so it closes by its own button. */
    return PHONE.matches && popover.classList.contains("f-more");
  }

  function toggle(button, holder, name) {
    const on = holder.classList.toggle(name);
    button.setAttribute("aria-expanded", String(on));
    return on;
  }

  document.addEventListener("click", function (event) {
    const plain = !(event.metaKey || event.ctrlKey || event.altKey || event.shiftKey || event.button);
    const target = event.target.closest("button, a");
    for (const open of document.querySelectorAll("details.pop[open]")) {
      if (!open.contains(event.target) && !stays(open)) open.open = false;
    }
    if (!target) return;
    const data = target.dataset;
    if (data.key && data.code !== undefined) {
      speak(data.key, data.code.split(",").filter(Boolean), event.shiftKey, target);
    } else if (data.again) {
      window.dash_clientside.set_props("again", { data: { panel: data.again, at: Date.now() } });
    } else if (data.shut !== undefined) {
      shut(target.closest("details"));
    } else if (data.tool) {
      tool(target);
    } else if (data.page && plain) {
      event.preventDefault();
      const [path, search] = kept(target).split("?");
      go(path, search ? "?" + search : "");
      window.scrollTo(0, 0);
      for (const open of document.querySelectorAll(".top details[open]")) open.open = false;
    } else if (data.search !== undefined && plain) {
      event.preventDefault();
      go(window.location.pathname, data.search ? "?" + data.search : "");
    } else if (target.classList.contains("define")) {
      toggle(target, target.closest(".panel"), "defined");
    } else if (target.classList.contains("opener")) {
      toggle(target, target.closest(".panel"), "told");
    } else if (target.classList.contains("more")) {
      toggle(target, target.closest(".panel"), "all");
      name(target);
    }
  });

  for (const when of ["pointerover", "focusin"]) {
    document.addEventListener(when, function (event) {
      const link = event.target.closest && event.target.closest(".nav a[data-page], .brand");
      if (link) link.setAttribute("href", kept(link));
    });
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.pop[open]").forEach(shut);
  });

  function shut(popover) {
    popover.open = false;
    popover.querySelector("summary").focus();
  }

  document.addEventListener("toggle", function (event) {
    /* One popover at a time; a list starts at its search box. */
    const opened = event.target;
    if (!opened.open || !opened.classList.contains("pop")) return;
    for (const other of document.querySelectorAll("details.pop[open]")) {
      if (other !== opened && !stays(other)) other.open = false;
    }
    place(opened);
    const search = opened.querySelector("input[type=search]");
    if (search && !PHONE.matches) search.focus();
  }, true);

  function place(opened) {
    /* A popover that would leave the page on the right hangs from its right end. */
    const box = opened.querySelector(".choices-of");
    if (!box) return;
    box.classList.remove("from-right");
    if (box.getBoundingClientRect().right > document.documentElement.clientWidth) box.classList.add("from-right");
  }

  /* ---- type-ahead: narrows a long list; letters count without their accents ---- */

  function bare(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  document.addEventListener("input", function (event) {
    if (!event.target.matches(".narrower input[type=search]")) return;
    const list = event.target.closest(".narrower").parentElement.querySelector(".long");
    const wanted = bare(event.target.value.trim());
    let found = 0;
    for (const entry of list.querySelectorAll(".form-check")) {
      const box = entry.querySelector("input");
      const fits = !wanted || bare(entry.textContent).includes(wanted) || bare(box.value || "").startsWith(wanted);
      entry.hidden = !fits;
      found += fits;
    }
    list.classList.toggle("nothing", !found);
    list.classList.toggle("narrowed", Boolean(wanted));
  });

  /* ---- what React adds: listen to new figures, name the tab ---- */

  function hold() {
    /* A headline may take another line; what was clicked stays where it was, so that a second click hits it. */
    if (!held) return;
    if (Date.now() > held.until || !held.panel.isConnected) return (held = null);
    window.scrollBy(0, held.panel.querySelector(".body").getBoundingClientRect().top - held.top);
    if (held.at !== undefined && document.activeElement === document.body) stay();
  }

  function stay() {
    /* Who picked at a button is at the same button of the new drawing. */
    const buttons = Array.from(held.panel.querySelectorAll("[data-key]"));
    const same = buttons.find((one) => one.dataset.key === held.at && one.dataset.code === held.code);
    if (same) same.focus({ preventScroll: true });
  }

  for (const when of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    document.addEventListener(when, function () { held = null; }, { passive: true, capture: true });
  }

  function name(more) {
    /* The panel remembers that all rows are shown; the button comes anew with every drawing. */
    const on = more.closest(".panel").classList.contains("all");
    const words = on ? "show fewer" : "show all";
    if (more.textContent !== words) more.textContent = words;
    if (more.getAttribute("aria-expanded") !== String(on)) more.setAttribute("aria-expanded", String(on));
  }

  function say() {
    /* While a drawing comes, the old one says what it will be. Each panel by itself: what is said on the whole page
       has every element of it styled anew. */
    const picked = Array.from(document.querySelectorAll(".chip:not(.bad)"), (chip) => chip.childNodes[1].textContent);
    const more = picked.length > 3 ? " and " + (picked.length - 3) + " more" : "";
    const words = "Updating: " + (picked.length ? picked.slice(0, 3).join(", ") + more : "everything");
    for (const panel of document.querySelectorAll(".panel")) if (panel.dataset.updating !== words) panel.dataset.updating = words;
  }

  function head(list) {
    /* Over the first entry of each family stands its heading. */
    if (list.headed === list.dataset.families) return;
    list.headed = list.dataset.families;
    const families = JSON.parse(list.headed);
    for (const entry of list.querySelectorAll("input")) {
      const family = families[entry.value];
      if (family) entry.closest(".form-check").dataset.family = family;
    }
  }

  let waiting = false;

  function look() {
    waiting = false;
    hold();
    keepViews();
    document.querySelectorAll(".js-plotly-plot").forEach(listen);
    document.querySelectorAll(".long[data-families]").forEach(head);
    say();
    document.querySelectorAll(".more").forEach(name);
    const titled = document.querySelector("[data-title]");
    if (titled) {
      const title = titled.dataset.title + " · Tracking Support for the MDGs";
      if (document.title !== title) document.title = title;
    }
  }

  new MutationObserver(function () {
    const first = document.getElementById("first");
    if (first && document.getElementById("content")) first.remove();
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(look);
  }).observe(document.documentElement, { childList: true, subtree: true });
  // Paper is narrower than a screen: figures are drawn as they are, and smaller where they would not fit.
  const PAPER = 680;
  const shrunk = (on) => document.querySelectorAll(".js-plotly-plot").forEach((figure) => {
    figure.style.zoom = on ? Math.min(1, PAPER / figure.clientWidth) : "";
  });
  window.addEventListener("beforeprint", () => shrunk(true));
  window.addEventListener("afterprint", () => shrunk(false));
})();
