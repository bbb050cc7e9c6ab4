"use strict";
// Text of the document only ever enters the page through textContent.
document.documentElement.classList.add("js");
const all = (where, what) => Array.from(where.querySelectorAll(what));
const make = (tag, kind, words) => {
  const node = document.createElement(tag);
  if (kind) node.className = kind;
  if (words !== undefined) node.textContent = words;
  return node;
};
const docs = all(document, ".doc");

function choose(doc) {
  docs.forEach((other) => { other.hidden = other !== doc; });
  all(document, ".pick").forEach((link) => link.closest("tr").classList.toggle("on", link.hash === "#" + doc.id));
}

function reveal(target) {
  const doc = target.closest(".doc");
  if (doc && doc.hidden) choose(doc);
  const tab = target.closest(".tab");
  if (tab) show(tab);
  for (let up = target.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: target.matches("li") ? "nearest" : target.matches("main, details") ? "start" : "center", behavior: calm ? "auto" : "smooth" });
}

function show(tab) {
  const side = tab.parentElement;
  all(side, ".tab").forEach((other) => other.classList.toggle("shown", other === tab));
  all(side, "[role=tab]").forEach((button) => {
    const on = button.getAttribute("aria-controls") === tab.id;
    button.setAttribute("aria-selected", on);
    button.tabIndex = on ? 0 : -1;
  });
}

function work(doc) {
  const data = JSON.parse(doc.querySelector(".data").textContent);
  const word = (index) => data.strings[index];
  const byMark = new Map(), byGroup = new Map(), laws = new Map();
  const put = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };
  data.facts.forEach((fact, id) => { put(byMark, fact[0], id); put(byGroup, fact[5], id); });
  data.laws.forEach((law) => law[2].forEach((id) => put(laws, id, law)));
  const panel = doc.querySelector(".panel");
  const findings = doc.querySelector(".findings");
  // A figure of a form is seen in the form's table, not in the loose words beneath it.
  const cells = new Map(all(doc, ".sheet a[data-m]").map((cell) => [Number(cell.dataset.m), cell]));
  const element = (mark) => cells.get(mark) || document.getElementById(doc.id + "m" + mark);
  const markOf = (node) => Number(node.dataset.m || node.id.slice(doc.id.length + 1));
  const home = (node) => (node && node.id.startsWith(doc.id + "m") && cells.get(markOf(node))) || node;
  let back = null;

  const link = (mark, words) => {
    const node = make("a", "", words);
    if (mark >= 0) { node.href = "#" + doc.id + "m" + mark; node.dataset.to = mark; }
    return node;
  };

  const rest = () => {
    panel.classList.remove("open");
    panel.replaceChildren(make("p", "hint", "点一下正文里的数字，这里说明它是什么、别处怎么写、参与哪些关系、是否成立。"),
      make("p", "hint", "按 n 与 p 到下一个、上一个问题，按 Esc 收起。"));
  };

  function describe(id) {
    const fact = data.facts[id];
    const out = [make("div", "big", word(fact[1])), make("p", "what", word(fact[2]))];
    const rows = make("dl");
    for (let i = 0; i < fact[3].length; i += 2) rows.append(make("dt", "", word(fact[3][i])), make("dd", "", word(fact[3][i + 1])));
    rows.append(make("dt", "", "位置"), make("dd", "", word(fact[4])));
    if (fact[6] >= 0 && data.facts[fact[6]]) {
      const about = make("dd");
      about.append(link(data.facts[fact[6]][0], word(data.facts[fact[6]][2]) + " " + word(data.facts[fact[6]][1])));
      rows.append(make("dt", "", "所说的是"), about);
    }
    if (fact[7] >= 0) rows.append(make("dt", "", "以何为基数"), make("dd", "", word(fact[7])));
    out.push(rows);
    const others = byGroup.get(fact[5]).filter((other) => other !== id);
    if (others.length) {
      const list = make("ul");
      others.forEach((other) => {
        const item = make("li");
        item.append(link(data.facts[other][0], word(data.facts[other][1]) + "　" + word(data.facts[other][4])));
        list.append(item);
      });
      out.push(make("h4", "", "同一事实的其他 " + others.length + " 处"), list);
    }
    const mine = laws.get(id) || [];
    out.push(make("h4", "", mine.length ? "参与的关系" : "没有可以核对的关系"));
    if (mine.length) {
      const list = make("ul");
      mine.slice().sort((a, b) => a[0] - b[0]).forEach((law) => {
        const item = make("li");
        item.append(make("span", law[0] ? "yes" : "bad", law[0] ? "成立" : "不成立"), document.createTextNode(law[1]));
        list.append(item);
      });
      out.push(list);
    }
    return out;
  }

  function explain(mark, focus) {
    all(doc, ".at, .same").forEach((node) => node.classList.remove("at", "same"));
    const node = element(mark);
    if (!node) return;
    node.classList.add("at");
    const ids = byMark.get(mark) || [];
    ids.forEach((id) => byGroup.get(data.facts[id][5]).forEach((other) => {
      const twin = element(data.facts[other][0]);
      if (twin && twin !== node) twin.classList.add("same");
    }));
    const close = make("button", "close", "×");
    close.setAttribute("aria-label", "收起");
    close.addEventListener("click", () => { rest(); if (back) back.focus(); });
    const out = [close];
    const numbers = data.notes[mark] || [];
    const said = node.textContent.trim();
    if (!ids.length) out.push(make("div", said.length > 16 ? "big long" : "big", said.length > 80 ? said.slice(0, 80) + "…" : said), make("p", "hint", numbers.length ? "" : "这个数字没有读懂，没有参与核对。"));
    ids.forEach((id, i) => { if (i) out.push(make("hr")); out.push(...describe(id)); });
    if (numbers.length) {
      const list = make("ul");
      numbers.forEach((number) => {
        const item = make("li"), to = make("a", "", number + "　" + data.findings[number - 1][0]);
        to.href = "#" + doc.id + "g" + number;
        to.dataset.finding = number;
        item.append(to);
        list.append(item);
      });
      out.push(make("h4", "", "这里的问题"), list);
    }
    panel.replaceChildren(...out);
    panel.classList.add("open");
    panel.scrollTop = 0;
    back = node;
    const at = node.getBoundingClientRect(), over = panel.getBoundingClientRect();
    if (at.bottom > over.top && at.right > over.left && at.left < over.right) node.scrollIntoView({ block: "start" });
    if (numbers.length) light(numbers[0], !focus);
  }

  function light(number, scroll) {
    all(findings, ".on").forEach((item) => item.classList.remove("on"));
    const item = document.getElementById(doc.id + "g" + number);
    if (!item) return;
    item.classList.remove("off");
    item.hidden = false;
    item.classList.add("on");
    if (scroll && matchMedia("(min-width: 801px)").matches) reveal(item);
  }

  doc.addEventListener("click", (event) => {
    const node = event.target.closest("a");
    if (!node || !node.hash) {
      const item = event.target.closest(".findings > li");
      const first = item && !String(getSelection()) && item.querySelector("a.msg");
      if (first) first.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (node.dataset.finding) {
      event.preventDefault();
      light(Number(node.dataset.finding), false);
      reveal(document.getElementById(doc.id + "g" + node.dataset.finding));
      return;
    }
    if (node.matches(".text .f, .text .t")) {
      event.preventDefault();
      explain(markOf(node), false);
      return;
    }
    const target = home(document.getElementById(decodeURIComponent(node.hash.slice(1))));
    if (!target) return;
    event.preventDefault();
    if (target.matches("details")) target.open = true;
    reveal(target);
    const item = node.closest(".findings > li");
    if (item) { all(findings, ".on").forEach((other) => other.classList.remove("on")); item.classList.add("on"); }
    if (target.matches(".f, .t, .u, .z")) {
      explain(markOf(target), true);
      if (item) light(Number(item.id.slice(doc.id.length + 1)), false);
      if (!target.matches(".u, .z")) target.focus({ preventScroll: true });
    }
  });

  all(doc, "[role=tab]").forEach((button, i, tabs) => {
    button.addEventListener("click", () => show(document.getElementById(button.getAttribute("aria-controls"))));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) { const next = tabs[(i + step + tabs.length) % tabs.length]; next.click(); next.focus(); }
    });
  });
  all(doc, ".filters button").forEach((button) => button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    all(findings, "li[data-s=" + button.dataset.s + "]").forEach((item) => { item.hidden = !on; });
  }));
  show(doc.querySelector(".tab"));
  rest();
  return {
    rest,
    open(target) { if (target.matches(".f, .t, .u, .z")) explain(markOf(target), true); },
    step(by) {
      const items = all(findings, "li[data-s]").filter((item) => !item.hidden);
      const at = items.findIndex((item) => item.classList.contains("on"));
      const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : (at + by + items.length) % items.length];
      if (!next) return;
      reveal(next);
      const first = next.querySelector("a.msg");
      if (first) first.click();
      else { items.forEach((item) => item.classList.remove("on")); next.classList.add("on"); }
    },
  };
}

const desks = docs.map(work);
if (docs.length) {
  choose(docs[0]);
  all(document, ".pick").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    choose(document.getElementById(link.hash.slice(1)));
  }));
  all(document, ".up").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); scrollTo(0, 0); }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const desk = desks[docs.findIndex((doc) => !doc.hidden)];
    if (event.key === "Escape") desk.rest();
    if (event.key === "n") desk.step(1);
    if (event.key === "p") desk.step(-1);
  });
  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted) {
    reveal(wanted);
    const home = docs.indexOf(wanted.closest(".doc"));
    if (home >= 0) desks[home].open(wanted);
  }
  // Paper has no folds to open: what holds a finding is unfolded for it.
  addEventListener("beforeprint", () => all(document, "details:not(.raw)").forEach((fold) => { if (fold.querySelector("[data-n]")) fold.open = true; }));
}
