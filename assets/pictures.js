/* Pictures of panels. What draws them is fetched when the first is asked for. */
(function () {
  "use strict";

  const ASKED = "/assets/asked/picture.js";
  const NO_COPY = "This browser copies pictures from secure addresses (https) alone. Download PNG works everywhere.";

  function looks(menu) {
    return Object.fromEntries(Array.from(menu.querySelectorAll("[data-look]"), (one) => [one.dataset.look, one.value]));
  }

  function save(blob, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  async function take(kind, panel, look) {
    const { bitmap, file, words } = await import(ASKED);
    const said = words(panel);
    const name = [panel.dataset.panel || panel.dataset.leaves, said.edition, said.mark].join("-");
    if (kind === "svg") return save((await file(panel, look)).blob, name + ".svg"), "The picture has been saved.";
    if (kind === "png") return save(await bitmap(panel, look), name + ".png"), "The picture has been saved.";
    if (!window.ClipboardItem || !navigator.clipboard) return NO_COPY;
    await navigator.clipboard.write([new window.ClipboardItem({ "image/png": bitmap(panel, look) })]);
    return "The picture has been copied.";
  }

  document.addEventListener("click", async function (event) {
    const button = event.target.closest("[data-picture]");
    if (!button || button.getAttribute("aria-busy") === "true") return;
    const group = button.closest(".group"), told = group.querySelector(".told");
    button.setAttribute("aria-busy", "true");
    told.textContent = "Drawing the picture …";
    try {
      told.textContent = await take(button.dataset.picture, button.closest(".panel"), looks(group));
    } catch (why) {
      told.textContent = "The picture could not be made. Reload the page and try again.";
      console.warn(why);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
})();
