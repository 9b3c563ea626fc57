/* Link and embed: one dialog for the page, made when it is first asked for. What a panel shows is read from the address
   of its file, what a commitment shows from the button's own; the code for other people's pages is written by the server (/oembed), the only place that writes it. */
(function () {
  "use strict";

  let dialog = null, shown = null, own = ""; // the panel it is about, and the address of a frame that is no panel's

  function element(name, properties, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function field(words, control, copied) {
    const copy = copied ? [element("button", { type: "button", "data-copy": copied }, "Copy")] : [];
    return element("div", { class: "field-of" }, element("label", {}, element("span", {}, words), control), ...copy);
  }

  function choice(name, words, options) {
    const made = options.map(([value, said]) => element("option", { value: value }, said));
    return element("label", {}, element("span", {}, words), element("select", { name: name }, ...made));
  }

  function make() {
    const choices = element("div", { class: "looks" },
      choice("edition", "Figures", [["newest", "Newest edition, always"], ["kept", "This edition, kept"]]),
      choice("theme", "Look", [["light", "For screens"], ["print", "For print: no controls"]]),
      choice("click", "Clicks", [["off", "Pick nothing"], ["on", "Pick, inside the frame"]]),
      choice("height", "Height", [["", "As it needs"], ["360", "360 pixels"], ["480", "480 pixels"], ["640", "640 pixels"]]));
    dialog = element("dialog", { class: "share", "aria-labelledby": "share-title" },
      element("h2", { id: "share-title" }),
      element("button", { type: "button", class: "close" }, "Close"),
      choices,
      field("Link to this view", element("input", { readonly: "", name: "link" }), "link"),
      field("Code for another page", element("textarea", { readonly: "", name: "code", rows: "4" }), "code"),
      element("p", { class: "told", role: "status" }),
      element("h3", {}, "As it will look"),
      element("iframe", { class: "preview", title: "As it will look" }));
    dialog.addEventListener("change", tell);
    dialog.addEventListener("click", clicked);
    dialog.addEventListener("close", function () {
      dialog.querySelector(".preview").removeAttribute("src");
      const menu = shown.querySelector(".acts-more > summary") || shown.querySelector("[data-share]"); // a menu is folded away by now
      if (menu) menu.focus();
    });
    document.body.append(dialog);
  }

  function named(name) {
    return dialog.querySelector("[name=" + name + "]");
  }

  function without(address) {
    const [whole, at] = address.split("#"), [path, query] = whole.split("?");
    const terms = (query || "").split("&").filter((term) => term && !/^(edition|registry|published)=/.test(term));
    return (terms.length ? path + "?" + terms.join("&") : path) + (at ? "#" + at : "");
  }

  function wished(address) {
    return named("edition").value === "kept" ? address : without(address);
  }

  function address() {
    /* Of the frame: the selection of the panel's file under the look chosen here. */
    const file = own || shown.querySelector('.acts a[href^="/export/"]').getAttribute("href");
    const [path, query] = wished(file).split("?");
    const looks = ["theme", "click", "height"].map((name) => [name, named(name).value]);
    const said = looks.filter(([, value]) => value && value !== "light" && value !== "off").map((pair) => pair.join("="));
    const terms = [query, ...said].filter(Boolean).join("&");
    return path.replace("/export/", "/embed/").replace(/\.csv$/, "") + (terms ? "?" + terms : "");
  }

  function link() {
    const at = shown.querySelector(".source[data-address]");
    const here = window.location.pathname + window.location.search;
    return window.location.origin + wished(at ? at.dataset.address : own ? own.replace("/embed/", "/") : here);
  }

  async function tell() {
    const frame = address(), preview = dialog.querySelector(".preview"), told = dialog.querySelector(".told");
    named("link").value = link();
    preview.style.height = (named("height").value || 480) + "px";
    preview.src = frame;
    told.textContent = "";
    try {
      const answer = await fetch("/oembed?format=json&url=" + encodeURIComponent(window.location.origin + frame));
      const said = await answer.json();
      if (address() !== frame) return; // another was asked for since
      named("code").value = said.html || "";
      told.textContent = said.error || "";
    } catch {
      told.textContent = "The server could not be reached; please try again.";
    }
  }

  async function clicked(event) {
    const button = event.target.closest("button");
    if (event.target === dialog || (button && button.matches(".close"))) return dialog.close();
    if (!button || !button.dataset.copy) return;
    const from = named(button.dataset.copy);
    from.select();
    try {
      await navigator.clipboard.writeText(from.value);
    } catch {
      document.execCommand("copy"); // a page that is not served over TLS has no clipboard
    }
    dialog.querySelector(".told").textContent = "Copied.";
  }

  window.addEventListener("message", function (event) {
    const preview = dialog && dialog.querySelector(".preview"), data = event.data;
    if (!preview || event.source !== preview.contentWindow || !data || data.type !== "mdg-embed-height") return;
    if (!named("height").value && data.height > 0 && data.height < 20000) preview.style.height = data.height + "px";
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-share]");
    if (!button) return;
    if (!dialog) make();
    [shown, own] = [button.closest(".panel"), button.dataset.share];
    const titled = own && !shown.dataset.leaves ? document.querySelector("h1") : shown.querySelector("h2");
    dialog.querySelector("h2").textContent = titled.textContent;
    named("click").closest("label").hidden = Boolean(own); // there is nothing to pick of a commitment
    if (own) named("click").value = "off";
    tell();
    dialog.showModal();
  });
})();
