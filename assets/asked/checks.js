// What is wrong with a field is said once it was left, by the server's own checks, the same that keep a form from being
// submitted. Without a script, or without a line, the same is said when the form is sent.
(() => {
  "use strict";
  const PAUSE = 500; // milliseconds after somebody left a field
  const fieldOf = (form, name) => [...form.elements].find((one) => one.name === name && one.type !== "hidden");

  function say(field, sentence) {
    // The sentence below its field, tied to it for those who hear the page; none where nothing is wrong.
    const ask = field.closest(".ask"), id = field.id + "-wrong";
    let said = document.getElementById(id);
    if (!ask || (said ? said.textContent : "") === sentence) return;
    const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    if (sentence && !said) {
      said = document.createElement("p");
      said.className = "wrong";
      said.id = id;
      said.setAttribute("role", "status");
      ask.append(said);
    }
    if (sentence) said.textContent = sentence;
    else if (said) said.remove();
    ask.classList.toggle("is-wrong", Boolean(sentence));
    if (sentence) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    const about = sentence ? [...others, id] : others;
    if (about.length) field.setAttribute("aria-describedby", about.join(" "));
    else field.removeAttribute("aria-describedby");
  }

  for (const form of document.querySelectorAll("form[data-checks]")) {
    const left = new Set();
    let waits = 0, asked = 0;
    const ask = async () => {
      const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string"); // no files
      const body = new URLSearchParams(typed), number = ++asked;
      body.set("then", "check");
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json") || number !== asked) return;
        const found = new Map((await answer.json()).problems.map((one) => [one.field, one.sentence]));
        for (const name of left) {
          const field = fieldOf(form, name);
          if (field) say(field, found.get(name) || "");
        }
      } catch { /* the form says it all when it is sent */ }
    };
    form.addEventListener("change", (event) => {
      if (!event.target.name) return;
      left.add(event.target.name);
      clearTimeout(waits);
      waits = setTimeout(ask, PAUSE);
    });
  }
})();
