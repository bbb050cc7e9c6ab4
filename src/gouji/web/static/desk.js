// What every page does: a form is sent once, dates are written one way, weights add up, an indicator of the library goes into its row.
(() => {
  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.dataset.sent) { if (event.target.dataset.sent) event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    setTimeout(() => event.target.removeAttribute("data-sent"), 8000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => form.removeAttribute("data-sent")));
  // Weights add up while they are typed.
  for (const output of document.querySelectorAll("output[data-sum]")) {
    const form = output.closest("form"), full = Number(output.dataset.full);
    const add = () => {
      let sum = 0;
      for (const field of form.querySelectorAll(`[data-column="${output.dataset.sum}"] input`)) {
        const gone = field.closest("tr").querySelector("input[type=checkbox]");
        if (!(gone && gone.checked)) sum += Math.round((Number(field.value) || 0) * 100);
      }
      output.value = `${sum / 100} 分` + (sum === full * 100 ? "" : `，应为 ${full} 分`);
      output.className = `sum ${sum === full * 100 ? "right" : "off"}`;
    };
    form.addEventListener("input", add);
    add();
  }
  // An indicator of the library goes into the first empty row.
  const set = (row, column, value) => {
    const field = row.querySelector(`[data-column="${column}"] :is(input, select)`);
    if (field && value) { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); }
    return field;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-take-name]");
    if (!button) return;
    const row = [...document.querySelectorAll("table[data-paste] tbody tr")].find((each) => !each.querySelector("[data-column=name] input")?.value);
    if (!row) { button.textContent = "没有空行了，请先保存"; return; }
    for (const column of ["level1", "level2", "operator", "unit"]) set(row, column, button.getAttribute(`data-take-${column}`));
    set(row, "name", button.dataset.takeName);
    row.querySelector("[data-column=target] input")?.focus();
  });
  // What the same indicator came to last year stands beside its new target.
  const before = JSON.parse(document.getElementById("last-year")?.textContent || "{}");
  document.addEventListener("input", (event) => {
    const cell = event.target.closest("[data-column=name]");
    const known = cell && before[event.target.value.trim()];
    const last = known && cell.closest("tr").querySelector("[data-column=last_year] input");
    if (last && !last.value) set(cell.closest("tr"), "last_year", known);
  });
  for (const filter of document.querySelectorAll("input[data-filter]")) filter.addEventListener("input", (event) => {
    event.stopPropagation();
    for (const row of document.getElementById(filter.dataset.filter).tBodies[0].rows) row.hidden = !row.textContent.includes(filter.value.trim());
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-print], [data-empty]");
    if (!button) return;
    if ("print" in button.dataset) return window.print();
    document.getElementById(button.dataset.empty).replaceChildren();
  });
  // A day is written one way, however it was typed (gouji.web.dates reads the same); what is no day is told in Chinese before it is sent.
  const written = (text) => {
    const found = text.normalize("NFKC").replace(/\s/g, "").match(/^(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d\d)(\d\d))$/);
    if (!found) return "";
    const [year, month, day] = [found[1], found[3] || found[5] || found[7], found[4] || found[6] || found[8]].map(Number);
    const there = new Date(Date.UTC(year, month - 1, day));
    return there.getUTCMonth() === month - 1 && there.getUTCDate() === day ? there.toISOString().slice(0, 10) : "";
  };
  document.addEventListener("change", (event) => {
    const field = event.target.closest?.("input[data-date]");
    if (!field) return;
    const day = field.value.trim() ? written(field.value) : "";
    field.setCustomValidity(field.value.trim() && !day ? `没有这一天。${field.title}` : "");
    if (day && day !== field.value) { field.value = day; field.dispatchEvent(new Event("input", { bubbles: true })); }
  });
  document.addEventListener("input", (event) => { if (event.target.matches?.("input[data-date]")) event.target.setCustomValidity(""); });
  // Where the author's text stands in the page is a way to its field.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("mark[data-slot]");
    const field = mark && document.getElementById(`text-${mark.dataset.slot.replaceAll(".", "-")}`);
    if (field) { field.closest("details")?.setAttribute("open", ""); field.focus(); }
  });
})();
