// Choosing files: what a browser says of a file field in its own language stands here in Chinese, and what is too large is told before it is sent.
(() => {
  const limit = Number(document.body.dataset.uploadMegabytes) || 0, size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  for (const field of document.querySelectorAll("input[type=file]")) {
    const box = document.createElement("span"), button = document.createElement("span"), names = document.createElement("span");
    box.className = "pick";
    button.className = "button";
    button.textContent = field.webkitdirectory ? "选择文件夹" : "选择文件";
    for (const each of [button, names]) each.setAttribute("aria-hidden", "true"); // the field itself speaks to who does not see
    field.replaceWith(box);
    box.append(field, button, names);
    const show = () => {
      const chosen = [...field.files];
      names.textContent = !chosen.length ? "还没有选" : chosen.length === 1 ? `${chosen[0].name}（${size(chosen[0].size)}）` : `${chosen[0].name} 等 ${chosen.length} 个文件`;
    };
    for (const event of ["change", "picked"]) field.addEventListener(event, show);
    field.form?.addEventListener("reset", () => setTimeout(show, 0));
    window.addEventListener("pageshow", show);
    show();
  }
  // A file may be dropped on a form.
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; field.dispatchEvent(new Event("picked")); }
    });
  }
  for (const form of new Set([...document.querySelectorAll("input[type=file]")].map((field) => field.form))) form?.addEventListener("submit", (event) => {
    const all = [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]).reduce((sum, each) => sum + each.size, 0);
    form.querySelector(".told.too-large")?.remove();
    if (!limit || all <= limit * 1048576) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const told = document.createElement("p");
    told.className = "told error too-large";
    told.setAttribute("role", "alert");
    told.textContent = `所选文件共 ${size(all)}，一次最多 ${limit} MB，没有上传。请分几次提交，或删去大图片后再试。`;
    form.append(told);
  }, true);
})();
