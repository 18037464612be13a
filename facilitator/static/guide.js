// The guide's editor: what is written is saved after a rest, and a text in Markdown is shown as it will look.
(() => {
  "use strict";
  const REST = 2000, LONGEST = 10000, AGAIN = 8000, LATE = 30000, DRAWN = 3000, KEPT_ALIVE = 60000;
  const writers = [];
  let through = null, held = false;

  // who signed in again on another page goes on here: the forms take the new token
  const renew = async () => {
    const page = await (await fetch(location.href)).text();
    const token = new DOMParser().parseFromString(page, "text/html").querySelector("main [name=csrf_token]");
    if (token) document.querySelectorAll("[name=csrf_token]").forEach((field) => { field.value = token.value; });
  };

  class Writer {
    constructor(form) {
      Object.assign(this, { form, changed: false, running: null, refused: false, timer: 0, since: 0 });
      form.addEventListener("input", () => this.typed());
    }

    get unsaved() { return this.changed || this.running || this.refused; }

    say(name, words) { this.form.querySelector(".saving").textContent = words || this.form.dataset[name] || ""; }

    later(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), wait);
    }

    typed() {
      if (!this.changed) this.since = Date.now();
      this.changed = true;
      this.later(Math.max(0, Math.min(REST, this.since + LONGEST - Date.now())));
    }

    async save(leaving) {
      clearTimeout(this.timer);
      while (this.running) await this.running;
      if (!this.changed || this.refused) return;
      this.changed = false;
      this.running = this.send(new FormData(this.form), leaving).finally(() => { this.running = null; });
      await this.running;
    }

    async send(sent, leaving) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), LATE);
      this.say("saving");
      try {
        const answer = await fetch(this.form.action, {
          method: "POST",
          body: sent,
          signal: stop.signal,
          keepalive: Boolean(leaving) && new Blob([...sent.values()]).size < KEPT_ALIVE,
          headers: { "X-Autosave": "1", Accept: "application/json" },
        });
        const told = await answer.json();
        if (answer.ok) this.kept(told, sent);
        else if (answer.status === 422) this.wrong();
        else if ([403, 404, 409].includes(answer.status)) this.stop(told);
        else {
          this.failed(told.message);
          if (answer.status === 400) await renew();
        }
      } catch {
        this.failed();
      }
    }

    kept({ number, theirs }, sent) {
      if (!this.takes(theirs, sent)) return this.stop({ overtaken: true });
      this.form.elements.number.value = number;
      if (this.changed) this.say("");
      else this.say(Object.keys(theirs).length ? "merged" : "saved");
      document.dispatchEvent(new CustomEvent("guide:saved"));
    }

    // what others wrote comes into the fields that were left alone here; false when a letter came in between
    takes(theirs, sent) {
      const now = new FormData(this.form);
      const names = Object.keys(theirs);
      if (names.some((name) => now.getAll(name).join("\n") !== sent.getAll(name).join("\n"))) return false;
      names.forEach((name) => this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => {
        const value = theirs[name];
        if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : Boolean(value);
        else field.value = value ?? "";
      }));
      return true;
    }

    wrong() {
      this.changed = true; // the next letter tries again
      this.say("wrong");
    }

    failed(words) {
      this.changed = true;
      this.say("failed", words);
      this.later(AGAIN);
    }

    stop({ message }) {
      this.refused = true;
      this.say("overtaken", message);
    }

    done() {
      clearTimeout(this.timer);
      Object.assign(this, { changed: false, refused: false });
    }
  }

  // a button of the page waits for what is being saved, and for what it would lose
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const own = writers.find((each) => each.form === form);
    const others = writers.filter((each) => each !== own && each.unsaved && !each.refused);
    if (through === form || !(others.length || own?.running)) {
      own?.done();
      return;
    }
    event.preventDefault();
    if (held) return;
    held = true;
    Promise.all([own?.running, ...others.map((each) => each.save())]).then(() => {
      held = false;
      through = form;
      form.requestSubmit(event.submitter);
      through = null;
    });
  });
  // what only a button keeps: a row that is not added yet
  const unsent = new Set();
  document.addEventListener("input", ({ target }) => { if (target.form?.matches("[data-keeps]")) unsent.add(target.form); });
  document.addEventListener("submit", ({ target }) => unsent.delete(target));
  addEventListener("beforeunload", (event) => {
    if (unsent.size || writers.some((each) => each.unsaved)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") writers.forEach((each) => each.save(true));
  });
  addEventListener("online", () => writers.forEach((each) => each.save()));

  const preview = (text) => {
    const box = document.getElementById(text.dataset.preview), form = text.form;
    let timer = 0, asked = 0;
    const show = async () => {
      const mine = ++asked, body = new FormData();
      body.append("csrf_token", form.elements.csrf_token.value);
      body.append("text", text.value);
      body.append("language", text.lang);
      try {
        const answer = await fetch(form.dataset.previewAddress, { method: "POST", body });
        if (!answer.ok || mine !== asked) return;
        box.innerHTML = await answer.text();
        box.hidden = !text.value.trim();
      } catch { /* the next letter asks again */ }
    };
    text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 500); });
    if (text.value.trim()) show();
  };

  let drawing = 0;
  document.addEventListener("guide:saved", () => {
    clearTimeout(drawing);
    drawing = setTimeout(() => document.querySelectorAll(".drawn[open] img").forEach((picture) => {
      const address = new URL(picture.src);
      address.searchParams.set("at", Date.now());
      picture.src = address;
    }), DRAWN);
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-autosave]").forEach((form) => writers.push(new Writer(form)));
    document.querySelectorAll("form[data-autosave] textarea[data-preview]").forEach(preview);
  });
})();
