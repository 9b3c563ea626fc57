/* The view for those who take the screen as it is (`view=brief` in the address): no controls, one window, the figures as
   large as it allows, source and link inside. The server does not know of it: it is a look, no filter. */
(function () {
  "use strict";

  const LEAST = 1200, MOST = 2880, STEPS = [240, 60]; // pixels the page may think it has, looked for in steps
  const root = document.documentElement;
  // what is a list would be too small to read in one window: these pages say so instead
  const LISTS = ["/rows", "/gaps", "/commitments", "/findings", "/needs", "/changes", "/data", "/methods"];
  const NOT = "This page is a list: in one window its text would be too small to read, so it has no briefing view. " +
    "Its figures can be taken as a file. Overview, Goals, donors, recipients and commitments have the view.";

  const named = () => new URLSearchParams(window.location.search).get("view") === "brief";
  const list = () => LISTS.includes(window.location.pathname.replace(/\/$/, ""));
  const asked = () => named() && !list();
  const content = () => document.getElementById("content");

  function address(on) {
    const terms = new URLSearchParams(window.location.search);
    if (on) terms.set("view", "brief"); else terms.delete("view");
    const text = terms.toString().replace(/%2C/g, ",");
    return window.location.pathname + (text && "?" + text);
  }

  function line(words, name) {
    const made = document.createElement("p");
    if (name) made.className = name;
    made.textContent = words;
    return made;
  }

  function foot() {
    /* What the screen must say for itself when it has left this site. */
    let end = document.getElementById("brief-end");
    if (!end) {
      end = Object.assign(document.createElement("footer"), { id: "brief-end" });
      document.body.append(end);
    }
    const of = document.querySelector(".source[data-filters]"), way = document.querySelector(".permalink a"), edition = document.querySelector(".edition span");
    const on = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const said = [of && of.dataset.filters, edition && edition.textContent && "Edition " + edition.textContent, "Seen on " + on].filter(Boolean).join(". ") + ".";
    const map = document.querySelector(".brief .slot-map"), words = document.querySelector(".boundaries");
    end.replaceChildren(line("Tracking Support for the MDGs", "name"), line(said), ...(way ? [line(window.location.host + way.getAttribute("href"), "way")] : []),
      ...(map && words ? [line(words.textContent, "shapes")] : []));
    return end;
  }

  function fit() {
    /* The width at which the page, made smaller to fit, is largest. */
    const page = content(), end = foot();
    if (!page) return;
    const now = [window.innerWidth, window.innerHeight, page.textContent.length].join();
    if (page.fitted === now) return;
    page.fitted = now;
    page.style.transform = "none";
    const room = { width: root.clientWidth, height: window.innerHeight - end.offsetHeight };
    const at = (width) => {
      page.style.width = width + "px";
      return { width, scale: Math.min(room.width / Math.max(width, page.scrollWidth), room.height / page.scrollHeight) };
    };
    const best = (least, most, step) => Array.from({ length: (most - least) / step + 1 }, (_, i) => at(least + i * step))
      .reduce((one, other) => (other.scale > one.scale ? other : one));
    const near = best(LEAST, MOST, STEPS[0]).width, found = best(near - 180, near + 180, STEPS[1]), scale = Math.min(found.scale, 1.25);
    page.style.width = Math.floor(room.width / scale) + "px";
    if (page.scrollHeight * scale > room.height) page.style.width = found.width + "px"; // what is wider may be higher too
    page.style.transform = `scale(${scale})`;
  }

  function free() {
    const page = content(), end = document.getElementById("brief-end");
    if (page) page.style.width = page.style.transform = page.fitted = "";
    if (end) end.remove();
  }

  function refuse() {
    /* No button on a list; and a sentence where its address asks for the view. */
    const said = document.getElementById("brief-not"), wanted = named() && list();
    root.classList.toggle("no-brief", list());
    if (said && !wanted) said.remove();
    if (said || !wanted) return;
    const made = Object.assign(document.createElement("aside"), { id: "brief-not" });
    made.setAttribute("aria-label", "Briefing view");
    made.append(line(NOT));
    document.body.prepend(made);
  }

  let shown = false, waiting = 0;

  function show() {
    const on = asked();
    if (on !== shown) root.classList.toggle("brief", (shown = on));
    if (on) fit();
    else if (document.getElementById("brief-end")) free();
  }

  function soon() {
    refuse();
    window.clearTimeout(waiting);
    if (shown || asked()) waiting = window.setTimeout(show, 60);
  }

  function go(on) {
    window.history.pushState({}, "", address(on));
    show();
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-brief]");
    if (button) go(true);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && shown) go(false);
  });
  window.addEventListener("popstate", () => { refuse(); show(); });
  window.addEventListener("_dashprivate_pushstate", soon);
  window.addEventListener("resize", soon);
  document.fonts.ready.then(soon);
  new MutationObserver((records) => {
    if (records.some(({ target }) => target.id !== "brief-end")) soon();
  }).observe(root, { childList: true, subtree: true });
  if (asked()) root.classList.toggle("brief", (shown = true));
})();
