// The guide's editor: what is written is saved after a rest, and a text in Markdown is shown as it will look.
(() => {
  "use strict";
  const REST = 2000, AGAIN = 8000;

  const autosave = (form) => {
    const status = form.querySelector(".saving");
    let timer = 0, changed = false, busy = false, stopped = false;
    const say = (name) => { status.textContent = name ? form.dataset[name] : ""; };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
    const save = async () => {
      if (!changed || busy || stopped) return;
      changed = false;
      busy = true;
      say("saving");
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, keepalive: true });
        if (answer.ok) {
          form.elements.number.value = (await answer.json()).number;
          say(changed ? "" : "saved");
        } else if (answer.status === 409 || answer.status === 422) {
          stopped = answer.status === 409;
          say(stopped ? "overtaken" : "wrong");
        } else throw new Error(answer.status);
      } catch {
        changed = true;
        say("failed");
        later(AGAIN);
      }
      busy = false;
      if (changed) later(REST);
    };
    form.addEventListener("input", () => { changed = true; later(REST); });
    form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
    addEventListener("pagehide", save);
  };

  const preview = (text) => {
    const box = document.getElementById(text.dataset.preview), form = text.form;
    let timer = 0;
    const show = async () => {
      const body = new FormData();
      body.append("csrf_token", form.elements.csrf_token.value);
      body.append("text", text.value);
      body.append("language", text.lang);
      try {
        const answer = await fetch(form.dataset.previewAddress, { method: "POST", body });
        if (answer.ok) { box.innerHTML = await answer.text(); box.hidden = !text.value.trim(); }
      } catch { /* the next letter asks again */ }
    };
    text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 500); });
    if (text.value.trim()) show();
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-autosave]").forEach(autosave);
    document.querySelectorAll("form[data-autosave] textarea[data-preview]").forEach(preview);
  });
})();
