"use strict";
(() => {
  const origins = JSON.parse(document.getElementById("origins").textContent);
  const panel = document.getElementById("origin");
  let shown = null;
  const line = (tag, text, name) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    panel.append(made);
    return made;
  };
  const rows = (pairs) => {
    const table = document.createElement("table");
    for (const [name, value] of pairs) {
      const row = table.insertRow();
      row.insertCell().textContent = name;
      row.insertCell().textContent = value;
    }
    panel.append(table);
  };
  const close = () => {
    panel.hidden = true;
    if (shown) shown.classList.remove("on");
    shown = null;
  };
  const open = (figure) => {
    const origin = origins[figure.dataset.f];
    if (!origin) return;
    if (shown === figure) return close();
    close();
    shown = figure;
    figure.classList.add("on");
    panel.replaceChildren();
    line("b", origin.name);
    line("div", origin.value, "exact");
    if (origin.how) line("div", "来历：" + origin.how + (origin.source ? "（" + origin.source + "）" : ""));
    if (origin.rows) rows(origin.rows);
    if (origin.parts) rows(origin.parts);
    const button = line("button", "×");
    button.setAttribute("aria-label", "关闭");
    button.onclick = () => { const back = shown; close(); if (back) back.focus(); };
    panel.hidden = false;
  };
  document.addEventListener("click", (event) => {
    const figure = event.target.closest(".fig");
    if (figure) { event.preventDefault(); open(figure); }
    else if (!panel.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target.classList.contains("fig")) { event.preventDefault(); open(event.target); }
  });
  const links = new Map([...document.querySelectorAll("nav a[href^='#']")].map((link) => [link.getAttribute("href").slice(1), link]));
  if (links.size && "IntersectionObserver" in window) {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id).setAttribute("aria-current", "true");
      }
    }, { rootMargin: "0px 0px -70% 0px" });
    for (const id of links.keys()) { const heading = document.getElementById(id); if (heading) seen.observe(heading); }
  }
})();
