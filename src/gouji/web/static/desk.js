// What a person has typed survives a lost session: kept in this browser, per person, until the form has been saved.
(() => {
  const person = document.body.dataset.person || "";
  const keyOf = (form) => `gouji.kept.${person}.${form.dataset.keep}`;
  const fieldsOf = (form) => [...form.elements].filter((e) => e.name && e.name !== "csrfmiddlewaretoken" && !["password", "file", "hidden", "submit", "button"].includes(e.type));
  const valuesOf = (form) => Object.fromEntries(fieldsOf(form).filter((e) => !["checkbox", "radio"].includes(e.type) || e.checked).map((e) => [e.name, e.value]));
  const put = (form, kept) => fieldsOf(form).forEach((e) => {
    if (["checkbox", "radio"].includes(e.type)) e.checked = kept[e.name] === e.value;
    else if (e.name in kept) e.value = kept[e.name];
    e.dispatchEvent(new Event("input", { bubbles: true }));
  });
  for (const form of document.querySelectorAll("form[data-keep]")) {
    let begun = JSON.stringify(valuesOf(form)), sent = false, asked = begun;
    // Saved in place (htmx): what was sent is the new beginning; what has been typed since stays kept.
    form.addEventListener("htmx:beforeRequest", () => { asked = JSON.stringify(valuesOf(form)); });
    form.addEventListener("kept:saved", () => { begun = asked; sent = false; if (JSON.stringify(valuesOf(form)) !== begun) form.dispatchEvent(new Event("input")); });
    const stored = localStorage.getItem(keyOf(form));
    if (stored && stored !== begun) {
      const told = document.createElement("p");
      told.className = "kept";
      told.setAttribute("role", "status");
      told.append("上次填写的内容没有保存。");
      for (const [words, act] of [["恢复", () => put(form, JSON.parse(stored))], ["丢弃", () => localStorage.removeItem(keyOf(form))]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = words;
        button.onclick = () => { act(); told.remove(); };
        told.append(" ", button);
      }
      form.prepend(told);
    } else localStorage.removeItem(keyOf(form));
    form.addEventListener("input", () => { const now = JSON.stringify(valuesOf(form)); now === begun ? localStorage.removeItem(keyOf(form)) : localStorage.setItem(keyOf(form), now); });
    form.addEventListener("submit", () => { sent = true; });
    window.addEventListener("beforeunload", (event) => { if (!sent && JSON.stringify(valuesOf(form)) !== begun) event.preventDefault(); });
  }
  // The server says which forms it has saved.
  const forget = () => {
    for (const each of document.querySelectorAll("[data-saved]")) {
      localStorage.removeItem(`gouji.kept.${person}.${each.dataset.saved}`);
      const form = [...document.querySelectorAll("form[data-keep]")].find((one) => one.dataset.keep === each.dataset.saved);
      each.removeAttribute("data-saved");
      if (form) form.dispatchEvent(new Event("kept:saved"));
    }
  };
  forget();
  document.addEventListener("htmx:afterSettle", forget);
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
  // A wide table scrolls inside of its own frame, which the keyboard reaches.
  for (const table of document.querySelectorAll("main table")) {
    if (!table.closest(".scroll, .library, .trail, .panel")) {
      const frame = document.createElement("div");
      frame.className = "scroll";
      table.replaceWith(frame);
      frame.append(table);
    }
  }
  const titleOf = (table) => table?.caption?.textContent || document.getElementById(table?.getAttribute("aria-labelledby"))?.textContent || "";
  const reachable = () => document.querySelectorAll(".scroll").forEach((frame, at) => {
    if (frame.scrollWidth > frame.clientWidth) { frame.tabIndex = 0; frame.setAttribute("role", "region"); frame.setAttribute("aria-label", `${titleOf(frame.querySelector("table")).trim() || `表格${at + 1}`}，可左右滚动`); }
    else ["tabindex", "role", "aria-label"].forEach((name) => frame.removeAttribute(name));
  });
  reachable();
  window.addEventListener("resize", reachable);
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
  // A block of cells from Excel, pasted into a table of fields, fills the fields to the right and below.
  document.addEventListener("paste", (event) => {
    const field = event.target.closest?.("table[data-paste] input, table[data-paste] textarea");
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!field || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const rows = [...field.closest("tbody").rows];
    const columnOf = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
    const top = rows.indexOf(field.closest("tr")), left = columnOf(rows[top]).indexOf(field);
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => line.split("\t").forEach((value, right) => {
      const target = rows[top + down] && columnOf(rows[top + down])[left + right];
      if (target && !target.readOnly && !target.disabled) { target.value = value.trim(); target.dispatchEvent(new Event("input", { bubbles: true })); }
    }));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy], [data-print], [data-empty]");
    if (!button) return;
    if ("print" in button.dataset) return window.print();
    if (button.dataset.empty) return document.getElementById(button.dataset.empty).replaceChildren();
    // The table as it stands, so that Excel gets rows and columns.
    const range = document.createRange(), chosen = getSelection();
    range.selectNode(document.getElementById(button.dataset.copy));
    chosen.removeAllRanges();
    chosen.addRange(range);
    const done = document.execCommand("copy");
    chosen.removeAllRanges();
    const words = button.textContent;
    button.textContent = done ? "已复制，可到 Excel 里粘贴" : "请选中表格后按 Ctrl+C";
    setTimeout(() => { button.textContent = words; }, 3000);
  });
  // Where the author's text stands in the page is a way to its field.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("mark[data-slot]");
    const field = mark && document.getElementById(`text-${mark.dataset.slot.replaceAll(".", "-")}`);
    if (field) { field.closest("details")?.setAttribute("open", ""); field.focus(); }
  });
})();
