// Files dropped anywhere on the page go into the form; a folder's paths are sent along, because browsers send bare names.
(() => {
  const form = document.querySelector("form[data-dropzone]");
  if (!form) return;
  const files = form.elements.files, folder = form.elements.folder, told = form.querySelector("output.chosen"), button = form.querySelector("button");
  let walked = null; // paths of a dropped folder, in the order of the files
  const chosen = () => [...files.files, ...folder.files];
  const show = () => {
    const all = chosen(), size = all.reduce((sum, each) => sum + each.size, 0);
    told.value = all.length ? `已选 ${all.length} 个文件，共 ${size < 1048576 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1048576).toFixed(1)} MB`}` : "";
  };
  for (const field of [files, folder]) field.addEventListener("change", () => { walked = null; show(); });
  // A dropped folder comes as entries that are read level by level.
  const read = (reader) => new Promise((done, failed) => reader.readEntries(done, failed));
  const walk = async (entry, path, found) => {
    if (entry.isFile) found.push([path + entry.name, await new Promise((done, failed) => entry.file(done, failed))]);
    else for (let part, reader = entry.createReader(); (part = await read(reader)).length;) for (const each of part) await walk(each, `${path}${entry.name}/`, found);
  };
  document.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((each) => each.webkitGetAsEntry?.()).filter(Boolean), found = [];
    if (entries.length) for (const each of entries) await walk(each, "", found);
    else for (const each of event.dataTransfer.files) found.push([each.name, each]);
    const kept = new DataTransfer();
    for (const [, each] of found) kept.items.add(each);
    folder.value = "";
    files.files = kept.files;
    for (const field of [files, folder]) field.dispatchEvent(new Event("picked"));
    walked = found.map(([path]) => path);
    show();
  });
  form.addEventListener("submit", (event) => {
    const all = chosen();
    if (!all.length) { event.preventDefault(); told.value = "请先选择文件"; files.focus(); return; }
    form.elements.paths.value = JSON.stringify(walked || all.map((each) => each.webkitRelativePath || each.name));
    told.value = `正在上传 ${all.length} 个文件，请稍候…`;
    setTimeout(() => { button.disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => { button.disabled = false; show(); });
})();
