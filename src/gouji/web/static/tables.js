// Tables: a wide one scrolls inside of its own frame, each can be copied to Excel, and what Excel has copied can be pasted into fields.
(() => {
  const spoken = document.createElement("div");
  spoken.className = "unseen";
  spoken.setAttribute("role", "status");
  document.querySelector("main").append(spoken);
  const headings = (table) => [...document.querySelectorAll("main :is(h1, h2, h3)")].filter((each) => each.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING);
  const titleOf = (table) => (table?.caption?.textContent || document.getElementById(table?.getAttribute("aria-labelledby"))?.textContent || (table && headings(table).at(-1)?.textContent) || "").replace(/\s+/g, " ").trim();
  const reachable = () => document.querySelectorAll(".scroll").forEach((frame, at) => {
    if (frame.scrollWidth > frame.clientWidth) { frame.tabIndex = 0; frame.setAttribute("role", "region"); frame.setAttribute("aria-label", `${titleOf(frame.querySelector("table")) || `表格${at + 1}`}，可左右滚动`); }
    else ["tabindex", "role", "aria-label"].forEach((name) => frame.removeAttribute(name));
  });
  // A cell as it is shown: fields by what stands in them, without buttons and what is said to a screen reader alone.
  const wordsOf = (cell) => {
    const shown = cell.cloneNode(true), live = cell.querySelectorAll("input, select, textarea");
    shown.querySelectorAll("input, select, textarea").forEach((field, at) => {
      const value = live[at].type === "hidden" ? "" : ["checkbox", "radio"].includes(live[at].type) ? (live[at].checked ? "是" : "") : live[at].selectedOptions?.[0]?.textContent ?? live[at].value;
      field.replaceWith(value);
    });
    shown.querySelectorAll("button, script, template, .unseen, [hidden]").forEach((each) => each.remove());
    shown.querySelectorAll("br, p, li").forEach((each) => each.before(" "));
    return shown.textContent.replace(/\s+/g, " ").trim();
  };
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const copied = (table) => {
    const lines = [], html = [];
    for (const row of table.rows) {
      if (row.hidden) continue;
      const at = html.length, line = (lines[at] ||= []);
      html.push("<tr>" + [...row.cells].map((cell) => {
        const words = wordsOf(cell), tag = cell.tagName.toLowerCase();
        let column = 0;
        while (line[column] !== undefined) column++;
        for (let down = 0; down < cell.rowSpan; down++) for (let right = 0; right < cell.colSpan; right++) (lines[at + down] ||= [])[column + right] = down || right ? "" : words;
        const spans = (cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : "") + (cell.colSpan > 1 ? ` colspan="${cell.colSpan}"` : "");
        // What is no number stays text in Excel: a code keeps its zeros, 3/5 becomes no date.
        const kind = cell.classList.contains("number") ? "" : ` style="mso-number-format:'\\@'"`;
        return `<${tag}${spans}${kind}>${escaped(words)}</${tag}>`;
      }).join("") + "</tr>");
    }
    return [lines.slice(0, html.length).map((line) => Array.from(line, (each) => each ?? "").join("\t")).join("\n"), `<table>${html.join("")}</table>`, html.length];
  };
  const copy = (table) => {
    const [text, html, count] = copied(table), range = document.createRange(), chosen = getSelection();
    const give = (event) => { event.preventDefault(); event.clipboardData.setData("text/plain", text); event.clipboardData.setData("text/html", html); };
    range.selectNode(table);
    chosen.removeAllRanges();
    chosen.addRange(range); // without a selection there is nothing to copy for the browser
    document.addEventListener("copy", give);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", give);
    chosen.removeAllRanges();
    return done ? `已复制 ${count} 行，可到 Excel 里粘贴` : "请选中表格后按 Ctrl+C";
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    const table = button && (button.dataset.copy ? document.getElementById(button.dataset.copy) : button.parentElement.copies);
    if (!table) return;
    const words = button.dataset.words || (button.dataset.words = button.textContent);
    spoken.textContent = button.textContent = copy(table);
    setTimeout(() => { button.textContent = words; spoken.textContent = ""; }, 4000);
  });
  const known = new WeakSet();
  const dress = () => {
    for (const table of document.querySelectorAll("main table")) {
      if (known.has(table)) continue;
      known.add(table);
      if (!table.closest(".scroll, .library, .trail, .panel")) {
        const frame = document.createElement("div");
        frame.className = "scroll";
        table.replaceWith(frame);
        frame.append(table);
      }
      // A button of the page's own stands where the page wants it; a table without rows has nothing to copy.
      if (!table.matches(".list, :has(> thead)") || table.dataset.plain !== undefined || table.querySelector("td.empty[colspan]") || (table.id && document.querySelector(`[data-copy="${table.id}"]`))) continue;
      const line = document.createElement("p"), button = document.createElement("button");
      line.className = "copy";
      line.copies = table;
      button.type = "button";
      button.dataset.copy = "";
      button.textContent = "复制表格";
      button.title = "复制到剪贴板，可以粘贴到 Excel";
      if (titleOf(table)) button.setAttribute("aria-description", titleOf(table));
      line.append(button);
      (table.closest(".scroll, .library") || table).after(line);
    }
    reachable();
  };
  dress();
  document.addEventListener("htmx:afterSettle", dress);
  window.addEventListener("resize", reachable);
  const plain = (words) => words.normalize("NFKC").trim().replace(/^>=$/, "≥").replace(/^<=$/, "≤");
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
      if (!target || target.readOnly || target.disabled) return;
      // A list of choices takes what it has, however it is typed (= for ＝, >= for ≥), and stays as it was for anything else.
      const choice = target.options && [...target.options].find((each) => [each.value, each.textContent].some((words) => plain(words) === plain(value)));
      if (target.options && !choice) return;
      target.value = choice ? choice.value : value.trim();
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }));
  });
})();
