// What a person has typed into any form survives a lost session: kept in this browser, per person, until the server says that it has saved the form.
// Passwords, files and hidden fields are never kept. A form may give its own name (data-keep); else its address is its name.
(() => {
  const person = document.body.dataset.person;
  if (!person) return;
  const prefix = `gouji.kept.${person}.`, SENT = "gouji.sent";
  const nameOf = (form) => form.dataset.keep || form.getAttribute("action") || location.pathname;
  const never = (e) => ["password", "file", "hidden", "submit", "button"].includes(e.type) || /password/.test(e.autocomplete || "");
  const fieldsOf = (form) => [...form.elements].filter((e) => e.name && !never(e));
  const valuesOf = (form) => JSON.stringify(Object.fromEntries(fieldsOf(form).filter((e) => !["checkbox", "radio"].includes(e.type) || e.checked).map((e) => [e.name, e.value])));
  const put = (form, kept) => fieldsOf(form).forEach((e) => {
    if (["checkbox", "radio"].includes(e.type)) e.checked = kept[e.name] === e.value;
    else if (e.name in kept) e.value = kept[e.name];
    e.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // A form that is saved leads on to another page; the answer says in a cookie which it was (gouji.web.kept).
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("gouji_saved="));
  if (cookie) {
    for (const name of decodeURIComponent(cookie.slice("gouji_saved=".length)).split("|")) {
      localStorage.removeItem(prefix + name);
      if (sessionStorage.getItem(SENT) === name) sessionStorage.removeItem(SENT);
    }
    document.cookie = "gouji_saved=; path=/; max-age=0";
  }
  const refused = sessionStorage.getItem(SENT); // sent from here, and not saved
  sessionStorage.removeItem(SENT);
  const offer = (form, stored) => {
    const told = document.createElement("p");
    told.className = "kept";
    told.setAttribute("role", "status");
    told.append("上次填写的内容没有保存。");
    for (const [words, act] of [["恢复", () => put(form, JSON.parse(stored))], ["丢弃", () => localStorage.removeItem(prefix + nameOf(form))]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.onclick = () => { act(); told.remove(); };
      told.append(" ", button);
    }
    form.prepend(told);
    form.closest("details")?.setAttribute("open", "");
  };
  const watched = new WeakSet();
  const watch = (form) => {
    if (watched.has(form)) return;
    watched.add(form);
    const name = nameOf(form), key = prefix + name;
    let begun = valuesOf(form), sent = false, asked = begun;
    const stored = localStorage.getItem(key);
    if (stored && stored !== begun) offer(form, stored);
    else if (stored && refused === name) begun = ""; // what was typed stands here again, and is not saved yet
    else localStorage.removeItem(key);
    form.addEventListener("input", () => { const now = valuesOf(form); now === begun ? localStorage.removeItem(key) : localStorage.setItem(key, now); });
    form.addEventListener("submit", () => {
      sent = true;
      if (/submit/.test(form.getAttribute("hx-trigger"))) return;
      sessionStorage.setItem(SENT, name);
      const field = form.querySelector("input[name=_kept]") || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "_kept" }));
      field.value = name;
    });
    // Saved in place (htmx): what was sent is the new beginning; what has been typed since stays kept.
    form.addEventListener("htmx:beforeRequest", () => { asked = valuesOf(form); });
    form.addEventListener("kept:saved", () => { begun = asked; sent = false; if (valuesOf(form) !== begun) form.dispatchEvent(new Event("input")); });
    // Who leaves a long form is asked; short ones are kept without a word.
    if (form.dataset.keep) window.addEventListener("beforeunload", (event) => { if (!sent && valuesOf(form) !== begun) event.preventDefault(); });
  };
  const settle = () => {
    for (const each of document.querySelectorAll("[data-saved]")) {
      localStorage.removeItem(prefix + each.dataset.saved);
      const form = [...document.querySelectorAll("form[data-keep]")].find((one) => one.dataset.keep === each.dataset.saved);
      each.removeAttribute("data-saved");
      if (form) form.dispatchEvent(new Event("kept:saved"));
    }
    document.querySelectorAll("main form[method=post]").forEach(watch);
  };
  settle();
  document.addEventListener("htmx:afterSettle", settle);
})();
