// What is typed into a long form is kept in this browser until it was sent: the line may drop, the session may end.
// Nothing is kept longer than that, and never for anybody else: what another person left in this browser is taken away,
// and so is everything by signing out (the answer to it says so, on whatever page that is).
(() => {
  "use strict";
  const MARK = "typed:";
  const who = document.querySelector("[data-who]")?.dataset.who ?? "";
  const own = MARK + who + ":";
  const every = () => Object.keys(localStorage).filter((key) => key.startsWith(MARK));
  const forget = () => every().forEach((key) => localStorage.removeItem(key));
  if (who) every().filter((key) => !key.startsWith(own)).forEach((key) => localStorage.removeItem(key));
  if (document.querySelector(".did")) forget();
  // A preview is of a draft that the server holds: what the form that led here held was kept, and nothing else was.
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  if (sent && document.querySelector("[data-kept]")) localStorage.removeItem(sent);
  document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", forget);

  const fields = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file"].includes(one.type) && one.tagName !== "BUTTON");
  const read = (form) => Object.fromEntries(fields(form).map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]));

  function offer(form, kept, key) {
    const box = document.createElement("div");
    const words = document.createElement("p");
    const back = document.createElement("button");
    const away = document.createElement("button");
    box.className = "kept-of";
    box.setAttribute("role", "status");
    words.textContent = "What you typed here before was not sent. It is kept in this browser.";
    back.type = away.type = "button";
    back.textContent = "Put it back";
    away.textContent = "Forget it";
    back.addEventListener("click", () => {
      for (const one of fields(form)) {
        if (!(one.name in kept)) continue;
        if (one.type === "checkbox") one.checked = kept[one.name];
        else one.value = kept[one.name];
        one.closest("details")?.setAttribute("open", "");
      }
      box.remove();
      fields(form)[0]?.focus();
    });
    away.addEventListener("click", () => { localStorage.removeItem(key); box.remove(); });
    box.append(words, back, away);
    form.before(box);
  }

  for (const form of document.querySelectorAll("form[data-keeps]")) {
    const named = form.querySelector('[name="commitment"], [name="of"]');
    const key = own + form.dataset.keeps + (named ? ":" + named.value + ":" + (form.querySelector('[name="what"]')?.value ?? "") : "");
    const stored = localStorage.getItem(key);
    if (stored && stored !== JSON.stringify(read(form))) offer(form, JSON.parse(stored), key);
    form.addEventListener("input", () => localStorage.setItem(key, JSON.stringify(read(form))));
    form.addEventListener("submit", (event) => {
      localStorage.setItem(key, JSON.stringify(read(form)));
      sessionStorage.setItem("sent", key);
      if (navigator.onLine) return;
      event.preventDefault();
      if (form.previousElementSibling?.classList.contains("kept-of")) return;
      const said = document.createElement("div");
      said.className = "kept-of";
      said.setAttribute("role", "alert");
      said.textContent = "There is no connection: nothing was sent. What you typed is kept in this browser; please send it again later.";
      form.before(said);
    });
  }
})();
