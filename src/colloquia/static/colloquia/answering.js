// Adds to the pages of a draft what a bad line wants: saving by itself, a copy on this device while the line
// is down, files in pieces, and sending that tries again. Without it, every form works as it is.
"use strict";
(() => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const random = () => Math.random().toString(36).slice(2, 12);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    remove(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };

  /** Fetches, and tries again until the server answers. Answers of a proxy that found no server are none. */
  async function stubborn(address, options, waiting) {
    for (let pause = 500; ; pause = Math.min(pause * 2, 8000)) {
      try {
        const response = await fetch(address, { credentials: "same-origin", ...options });
        if (![502, 503, 504].includes(response.status)) return response;
      } catch { /* no line; try again */ }
      waiting?.();
      await wait(pause + Math.random() * 300);
    }
  }

  // ---- The form of the draft -------------------------------------------------------------------------
  const form = document.getElementById("draft");
  if (form) {
    const state = document.getElementById("state");
    const key = `colloquia.draft.${form.dataset.key}.${form.dataset.part}`;
    const fields = [...form.elements].filter((e) => e.name && !["part", "seen", "editor", "take", "drop", "do", "csrfmiddlewaretoken"].includes(e.name) && e.type !== "hidden");
    const names = [...new Set(fields.map((e) => e.name))];
    const value = (name) => form.elements[name].value;
    // What the server sent, whatever the browser put back into the fields of a page that was loaded again.
    const original = (name) => {
      const e = form.elements[name];
      if (e instanceof RadioNodeList) return [...e].find((each) => each.defaultChecked)?.value ?? "";
      if (e.tagName === "SELECT") return ([...e.options].find((each) => each.defaultSelected) ?? e.options[0]).value;
      return e.defaultValue;
    };
    const put = (name, text) => { form.elements[name].value = text; };
    let seen = JSON.parse(form.elements.seen.defaultValue || "{}");
    form.elements.seen.value = form.elements.seen.defaultValue;
    let clean = Object.fromEntries(names.map((name) => [name, original(name)]));
    let timer = 0, busy = false, again = false, leaving = false, going = 0;
    form.elements.editor.value = random();
    const say = (text, tone) => { state.textContent = text; state.classList.toggle("problem", tone === "problem"); };
    const changed = () => names.filter((name) => value(name) !== clean[name]);

    const keep = () => {
      const open = changed();
      if (!open.length) { store.remove(key); return true; }
      return store.write(key, { at: Date.now(), seen, values: Object.fromEntries(open.map((name) => [name, value(name)])) });
    };

    const beside = (name, lead, text, buttons) => {
      const element = form.elements[name];
      const field = (element instanceof RadioNodeList ? element[0] : element).closest(".field, section");
      field.querySelector(`:scope > .aside[data-made]`)?.remove();
      const box = document.createElement("div");
      box.className = "aside notice caution"; box.dataset.made = "1"; box.setAttribute("role", "status");
      const words = document.createElement("p"); words.textContent = lead;
      const quoted = document.createElement("p"); quoted.className = "received"; quoted.dir = "auto"; quoted.textContent = text;
      const row = document.createElement("p"); row.className = "actions";
      for (const [label, act] of buttons) {
        const button = document.createElement("button");
        button.type = "button"; button.className = "button plain"; button.textContent = label;
        button.addEventListener("click", () => { box.remove(); act(); });
        row.append(button);
      }
      box.append(words, quoted, row); field.append(box);
    };

    async function save() {
      clearTimeout(timer);
      if (leaving || !changed().length) return;
      if (busy) { again = true; return; }
      busy = true; say(form.dataset.saving);
      const sent = Object.fromEntries(names.map((name) => [name, value(name)]));
      try {
        const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin" });
        const answer = await response.json();
        if (response.status === 413) { keep(); say(answer.error, "problem"); return; }
        if (answer.sent) { location.assign(answer.url || form.dataset.sent); return; }
        if (!response.ok || !answer.ok) throw new Error(String(response.status));
        seen = { ...JSON.parse(answer.seen) };
        for (const [name, theirs] of Object.entries(answer.conflicts)) {
          if (!form.elements[name]) continue;
          beside(name, form.dataset.theirs, theirs, [[form.dataset.use, () => { put(name, theirs); later(); }], [form.dataset.leave, () => { clean[name] = theirs; save(); }]]);
        }
        clean = { ...sent };
        form.elements.seen.value = JSON.stringify(seen);
        // The next page may have been made before this save was done: it then finds the copy and puts it back.
        if (Date.now() - going > 3000) keep();
        say(fill(form.dataset.saved, { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) }));
      } catch {
        say(keep() ? form.dataset.offline : form.dataset.unkept, "problem");
        timer = setTimeout(save, 5000);
      } finally {
        busy = false;
        if (again) { again = false; later(); }
      }
    }
    const later = () => { clearTimeout(timer); timer = setTimeout(save, 2000); };

    const copy = store.read(key);
    if (copy) {
      let restored = false;
      for (const [name, text] of Object.entries(copy.values)) {
        if (!form.elements[name] || value(name) === text) continue;
        if ((copy.seen[name] ?? "") === (seen[name] ?? "")) { put(name, text); restored = true; } else {
          beside(name, form.dataset.kept, text, [[form.dataset.use, () => { put(name, text); later(); }], [form.dataset.leave, () => keep()]]);
        }
      }
      if (restored) say(form.dataset.restored);
    }
    if (changed().length) later(); else if (!document.querySelector(".aside[data-made]")) store.remove(key);
    form.addEventListener("input", () => { keep(); later(); });
    form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
    window.addEventListener("pageshow", () => { leaving = false; });
    window.addEventListener("beforeunload", () => { going = Date.now(); });
    window.addEventListener("online", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  }

  // ---- Sending ---------------------------------------------------------------------------------------
  const send = document.getElementById("send-form");
  send?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const state = send.querySelector(".state"), button = send.querySelector("button");
    if (button.disabled) return;
    button.disabled = true; state.textContent = send.dataset.sending;
    const options = { method: "POST", body: new FormData(send), headers: { Accept: "application/json" } };
    const response = await stubborn(send.action, options, () => { state.textContent = send.dataset.waiting; });
    const answer = await response.json().catch(() => null);
    if (answer?.ok) location.assign(answer.url);
    else send.submit(); // the page itself says what is missing
  });

  // ---- Files in pieces -------------------------------------------------------------------------------
  const upload = document.getElementById("upload");
  if (upload) {
    const state = upload.querySelector(".state"), token = upload.elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const size = Number(upload.dataset.piece);

    async function digest(file) {
      if (!window.crypto?.subtle) return "";
      const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }

    async function one(file) {
      const key = `colloquia.upload.${upload.dataset.key}.${file.name}.${file.size}.${file.lastModified}`;
      let address = store.read(key), offset = 0, failures = 0;
      const percent = () => Math.floor(100 * offset / file.size);
      const waiting = () => { state.textContent = fill(upload.dataset.waiting, { name: file.name, percent: percent() }); };
      if (address) {
        const answer = await (await stubborn(address, { headers }, waiting)).json().catch(() => ({}));
        if (answer.ok) offset = answer.offset; else address = null;
      }
      if (!address) {
        state.textContent = fill(upload.dataset.checking, { name: file.name });
        const body = new FormData();
        for (const [name, given] of Object.entries({ name: file.name, size: file.size, type: file.type, sha256: await digest(file) })) body.append(name, given);
        const answer = await (await stubborn(upload.dataset.pieces, { method: "POST", body, headers }, waiting)).json();
        if (!answer.ok) throw new Error(answer.error);
        address = `${upload.dataset.pieces}${answer.upload}/`;
        store.write(key, address);
      }
      while (offset < file.size) {
        state.textContent = fill(upload.dataset.sending, { name: file.name, percent: percent() });
        const response = await stubborn(`${address}?offset=${offset}`, { method: "POST", body: file.slice(offset, offset + size), headers: { ...headers, "Content-Type": "application/octet-stream" } }, waiting);
        const answer = await response.json().catch(() => ({}));
        if (answer.error && ++failures > 5) { store.remove(key); throw new Error(answer.error); }
        if (Number.isInteger(answer.offset)) offset = answer.offset; else await wait(1000);
      }
      const answer = await (await stubborn(`${address}finish/`, { method: "POST", headers }, waiting)).json();
      store.remove(key);
      if (!answer.ok) throw new Error(answer.error || file.name);
    }

    upload.addEventListener("submit", async (event) => {
      const chosen = [...upload.elements.file.files];
      if (!chosen.length) return;
      event.preventDefault();
      const button = upload.querySelector("button");
      button.disabled = true;
      const problems = [];
      for (const file of chosen) {
        try { await one(file); } catch (error) { problems.push(error.message); }
      }
      button.disabled = false;
      if (problems.length) { state.textContent = problems.join(" "); state.classList.add("problem"); upload.reset(); } else location.reload();
    });
  }
})();
