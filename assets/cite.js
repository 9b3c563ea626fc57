/* Links that stay and citations. Their addresses are read from the panel, or from the page's permalink, when they are
   asked for; short links are kept by the server (/s) when somebody takes one. */
(function () {
  "use strict";

  const PINS = ["edition", "registry", "published"], COMPARED = ["from", "to", "was", "is"];

  function without(address) {
    const [whole, at] = address.split("#"), [path, query] = whole.split("?");
    const pins = path === "/changes" ? PINS.concat(COMPARED) : PINS;
    const terms = (query || "").split("&").filter((term) => term && !pins.includes(term.split("=")[0]));
    return (terms.length ? path + "?" + terms.join("&") : path) + (at ? "#" + at : "");
  }

  function addressOf(control) {
    /* With the edition: of the panel, or of the results of a survey, else of the page. */
    const panel = control.closest(".panel[data-panel], .answers-of .panel");
    const said = panel && panel.querySelector(".source[data-address]");
    const page = document.querySelector(".permalink a");
    return said ? said.dataset.address : page ? page.getAttribute("href") : window.location.pathname + window.location.search;
  }

  function citation(control, form) {
    const panel = control.closest(".panel[data-panel]");
    const file = panel && panel.querySelector('.acts a[href^="/export/"]');
    if (!file || panel.dataset.panel === "rows") return "/cite/page." + form + "?to=" + encodeURIComponent(addressOf(control));
    return "/cite/" + panel.dataset.panel + "." + form + "?" + (file.getAttribute("href").split("?")[1] || "");
  }

  async function short(address) {
    const answer = await fetch("/s?to=" + encodeURIComponent(address));
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    return window.location.origin + "/s/" + said.mark;
  }

  async function copied(words) {
    try {
      await navigator.clipboard.writeText(words);
      return "Copied: " + words;
    } catch {
      return words; // shown, to be copied by hand: browsers give the clipboard to secure addresses alone
    }
  }

  document.addEventListener("toggle", function (event) {
    if (!event.target.open || !event.target.querySelectorAll) return;
    for (const link of event.target.querySelectorAll("[data-cite]")) {
      const kind = link.dataset.cite, address = addressOf(link);
      link.href = kind === "pinned" ? address : kind === "newest" ? without(address) : citation(link, kind);
    }
  }, true);

  document.addEventListener("click", async function (event) {
    const button = event.target.closest("[data-short]");
    if (!button) return;
    const told = button.parentElement.parentElement.querySelector(".told"), address = addressOf(button);
    told.textContent = "Making the short link …";
    try {
      told.textContent = await copied(await short(button.dataset.short === "newest" ? without(address) : address));
    } catch (why) {
      told.textContent = why instanceof TypeError ? "The server could not be reached; please try again." : why.message;
    }
  });

  document.addEventListener("click", function (event) {
    /* A picture carries the short link of what it shows: from now on it leads there. */
    const button = event.target.closest("[data-picture]");
    if (button) short(addressOf(button)).catch((why) => console.warn(why));
  });
})();
