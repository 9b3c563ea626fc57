/* Files of a panel: the address of each format is that of its CSV with another ending, filled in when the menu is opened;
   then the server is asked how many rows there are and how large each file will be. Of a long one the menu tells how far
   it is; the longest are left to the browser. */
(function () {
  "use strict";

  const UNITS = ["bytes", "kB", "MB", "GB"];
  const ASKED = "/assets/asked/file.js";
  const LONG = 3e6, LONGEST = 3e8; // bytes of a file that is told how far it is
  const running = new Map(); // links, and what stops their files

  function csv(menu) {
    return menu.parentElement.querySelector('a[href*=".csv"]');
  }

  function ending(href, form) {
    return href.replace(/\.csv(?=\?|$)/, "." + form);
  }

  function large(size, exact) {
    let at = 0;
    while (size >= 1000 && at < UNITS.length - 1) { size /= 1000; at += 1; }
    const digits = at && size < 10 ? 1 : 0;
    return (exact ? "" : "about ") + size.toFixed(digits) + " " + UNITS[at];
  }

  function told(menu, href, answer) {
    if (csv(menu).getAttribute("href") !== href) return; // another selection by now
    const rows = answer.rows;
    menu.querySelector(".group-files .told").textContent = rows.toLocaleString("en") + (rows === 1 ? " row." : " rows.");
    for (const link of menu.querySelectorAll("a[data-form]")) {
      const size = answer.sizes[link.dataset.form];
      if (running.has(link)) continue;
      link.parentElement.querySelector(".size").textContent = size.why || large(size.size, size.exact);
      link.dataset.size = size.size;
      if (size.why) link.removeAttribute("href");
    }
  }

  function fill(menu) {
    const source = csv(menu), href = source && source.getAttribute("href");
    if (!href || menu.dataset.filled === href) return;
    menu.dataset.filled = href;
    for (const link of menu.querySelectorAll("a[data-form]")) {
      link.setAttribute("href", ending(href, link.dataset.form));
      if (!running.has(link)) link.parentElement.querySelector(".size").textContent = "";
      delete link.dataset.size;
    }
    const described = menu.querySelector("a[data-described]");
    described.parentElement.hidden = menu.dataset.plain !== undefined;
    described.setAttribute("href", ending(href, "csv-metadata.json"));
    if (menu.dataset.plain !== undefined) return; // sizes are told of panels
    const status = menu.querySelector(".group-files .told");
    status.textContent = "Counting rows …";
    fetch(ending(href, "sizes.json"))
      .then((answer) => answer.json().then((said) => [answer.ok, said]))
      .then(function ([ok, said]) {
        if (ok && said.sizes) told(menu, href, said);
        else status.textContent = said.error || "";
      })
      .catch(function () {
        status.textContent = "";
        delete menu.dataset.filled;
      });
  }

  async function take(link) {
    const say = link.closest(".group").querySelector(".told"), far = link.parentElement.querySelector(".size");
    const name = link.textContent, about = Number(link.dataset.size), stop = new AbortController();
    running.set(link, stop);
    link.setAttribute("aria-busy", "true");
    say.textContent = name + ": the file is being written. To stop it, click " + name + " again.";
    far.textContent = "begun, of " + large(about, false);
    try {
      const { download } = await import(ASKED);
      const size = await download(link.href, stop.signal, function (had) {
        far.textContent = large(had, true) + " of " + large(Math.max(about, had), false);
      });
      far.textContent = large(size, true);
      say.textContent = name + ": the file is whole, " + large(size, true) + ".";
    } catch (why) {
      far.textContent = large(about, false);
      if (stop.signal.aborted) say.textContent = name + ": stopped.";
      else if (why.constructor.name === "Refused" && why.message) say.textContent = why.message;
      else say.textContent = name + ": the file came to its end too soon. Please try again.";
    } finally {
      running.delete(link);
      link.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest(".away a[data-form][href]"), size = link && Number(link.dataset.size);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (running.has(link)) { event.preventDefault(); return running.get(link).abort(); }
    if (size > LONGEST) {
      link.closest(".group").querySelector(".told").textContent = "A long file: your browser shows how far it is.";
    } else if (size >= LONG) {
      event.preventDefault();
      take(link);
    }
  });

  document.addEventListener("toggle", function (event) {
    const menu = event.target;
    if (menu.open && menu.classList.contains("acts-more") && menu.querySelector("a[data-form]")) fill(menu);
  }, true);
})();
