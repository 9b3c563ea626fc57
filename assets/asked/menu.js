/* Menus of pages without callbacks: one is open at a time; Escape, a click elsewhere and its own button close it. */
(function () {
  "use strict";

  const OPEN = "details.pop[open]";
  document.documentElement.classList.add("with-menus"); // what watches for changes (filled.js) builds what is in them

  function shut(menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  function place(menu) {
    /* One that would leave the page on the right hangs from its right end. */
    const box = menu.querySelector(".choices-of");
    if (!box) return;
    box.classList.remove("from-right");
    if (box.getBoundingClientRect().right > document.documentElement.clientWidth) box.classList.add("from-right");
  }

  document.addEventListener("click", function (event) {
    for (const open of document.querySelectorAll(OPEN)) if (!open.contains(event.target)) open.open = false;
    const button = event.target.closest("[data-shut]");
    if (button) shut(button.closest("details"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") document.querySelectorAll(OPEN).forEach(shut);
  });

  document.addEventListener("toggle", function (event) {
    const opened = event.target;
    if (!opened.open || !opened.classList.contains("pop")) return;
    for (const other of document.querySelectorAll(OPEN)) if (other !== opened) other.open = false;
    place(opened);
  }, true);
})();
