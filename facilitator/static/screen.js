// The projector page: follows the session, takes keys. Everything it shows is written by the server.
(() => {
  "use strict";
  const root = document.documentElement;
  const wall = document.getElementById("wall");
  const said = document.getElementById("said");
  const words = JSON.parse(wall.dataset.words);
  const GUARD = 15000; // a stream can be dead without a word, so the wall also asks by itself
  const RETRY = 2000;
  const PATIENCE = 8000;
  const STEPS = ["next", "back"];

  let page = 1;
  let etag = "";
  let ahead = 0; // the server's clock minus ours
  let fetching = false;
  let again = false;
  let acting = Promise.resolve();
  let latest = "";
  let retrying;
  let stream;

  const board = () => document.getElementById("board");
  const language = () => root.lang;

  // --- what is shown -------------------------------------------------------------------------------------------

  function morph(old, next) {
    if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName || old.id !== next.id) return old.replaceWith(next);
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== next.data) old.data = next.data;
      return;
    }
    for (const { name } of [...old.attributes]) if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    const before = [...old.childNodes];
    const after = [...next.childNodes];
    after.forEach((child, at) => (before[at] ? morph(before[at], child) : old.append(child)));
    before.slice(after.length).forEach((child) => child.remove());
  }

  function show(html, asked) {
    const next = new DOMParser().parseFromString(html, "text/html").getElementById("board");
    if (!next) return;
    morph(board(), next);
    if (page === asked) page = Number(board().dataset.page);
    fit();
    tick();
  }

  // Long texts take the next smaller step of the scale until they fit; the smallest can still be read from the back.
  function fit() {
    const stage = document.getElementById("stage");
    stage.removeAttribute("data-fit");
    for (let step = 1; step <= 6 && stage.scrollHeight > stage.clientHeight + 1; step += 1) stage.dataset.fit = step;
  }

  function tick() {
    const until = document.querySelector(".timer time");
    if (!until) return;
    const left = Math.ceil((Date.parse(until.dateTime) - Date.now() - ahead) / 1000);
    const text = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : until.dataset.over;
    if (until.textContent !== text) until.textContent = text;
    until.classList.toggle("over", left <= 0);
  }

  function address() {
    const query = new URLSearchParams({ language: language(), page, of: board().dataset.subject });
    return `${wall.dataset.now}?${query}`;
  }

  async function refresh() {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      do {
        again = false;
        const asked = page;
        const spoken = language();
        const answer = await fetch(address(), {
          cache: "no-store",
          headers: etag ? { "If-None-Match": etag } : {},
          signal: AbortSignal.timeout(PATIENCE),
        });
        const html = await answer.text();
        if (spoken !== language()) again = true;
        else if (answer.status === 200) {
          etag = answer.headers.get("ETag") || "";
          ahead = Date.parse(answer.headers.get("Date")) - Date.now() || 0;
          show(html, asked);
        } else if (answer.status !== 304) throw new Error(answer.status);
      } while (again);
      if (stream.readyState === EventSource.OPEN) delete root.dataset.link;
    } catch {
      root.dataset.link = "cut";
      clearTimeout(retrying);
      retrying = setTimeout(refresh, RETRY + Math.random() * RETRY);
    } finally {
      fetching = false;
    }
  }

  // --- following the session -----------------------------------------------------------------------------------

  function follow() {
    stream = new EventSource(wall.dataset.stream);
    stream.onopen = refresh;
    for (const topic of ["activity", "ballots", "people"]) stream.addEventListener(topic, refresh);
    stream.onerror = () => {
      root.dataset.link = "cut";
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(() => {
        refresh();
        follow();
      }, RETRY + Math.random() * RETRY);
    };
  }

  // --- acting --------------------------------------------------------------------------------------------------

  function say(text) {
    if (!text) return;
    said.textContent = text;
    said.classList.remove("fading");
    void said.offsetWidth; // starts the fading anew
    said.classList.add("fading");
  }

  function sayWhatChanged(before) {
    const now = board().dataset;
    const changed = ["activity", "state", "results", "locked", "timer"].find((fact) => before[fact] !== now[fact]);
    say(changed ? words[`${changed}-${now[changed]}`] || words[changed] || "" : words.nothing);
  }

  // One act after the other; the same switch pressed twice in haste turns once.
  function act(name) {
    if (name === latest && !STEPS.includes(name)) return;
    latest = name;
    acting = acting.then(() => perform(name)).then(() => {
      if (latest === name) latest = "";
    });
  }

  async function perform(name) {
    const target = board().dataset[name];
    if (!target) return;
    const before = { ...board().dataset };
    try {
      const [path, query] = target.split("?");
      const answer = await fetch(path, {
        method: "POST",
        headers: { "X-CSRFToken": wall.dataset.token },
        body: new URLSearchParams(query || ""),
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) throw new Error(answer.status);
      await settled();
      sayWhatChanged(before);
    } catch {
      await refresh();
      say(words.failed);
    }
  }

  async function settled() {
    while (fetching) await new Promise((done) => setTimeout(done, 20));
    await refresh();
  }

  function turn(by) {
    const wanted = Math.min(Math.max(page + by, 1), Number(board().dataset.pages));
    if (wanted === page) return;
    page = wanted;
    refresh();
  }

  function toggleScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
  }

  function toggleMode() {
    const dark = root.dataset.mode ? root.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    keepMode(dark ? "light" : "dark");
    say(words[dark ? "light" : "dark"]);
  }

  function keepMode(mode) {
    root.dataset.mode = mode;
    try {
      localStorage.setItem("wall-mode", mode);
    } catch {} // a browser may refuse storage; the mode then lasts as long as the page
  }

  function keptMode() {
    try {
      return localStorage.getItem("wall-mode");
    } catch {
      return null;
    }
  }

  function offerKeys() {
    document.getElementById("ask").hidden = false;
  }

  function toggleDialog(id) {
    const dialog = document.getElementById(id);
    const opened = dialog.open;
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    if (!opened) dialog.showModal();
  }

  async function nextLanguage() {
    const all = wall.dataset.languages.split(" ");
    const wanted = all[(all.indexOf(language()) + 1) % all.length];
    if (wanted === language()) return;
    try {
      const answer = await fetch(`${wall.dataset.here}?${new URLSearchParams({ language: wanted, page, of: board().dataset.subject })}`);
      if (!answer.ok) throw new Error(answer.status);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      root.lang = next.documentElement.lang;
      root.dir = next.documentElement.dir;
      document.title = next.title;
      morph(document.body, next.body);
      Object.assign(words, JSON.parse(wall.dataset.words));
      history.replaceState(null, "", `?language=${wanted}`);
      etag = "";
      offerKeys();
      fit();
      tick();
      refresh(); // this page may have been asked for before the last act
    } catch {
      say(words.failed);
    }
  }

  // --- keys ----------------------------------------------------------------------------------------------------

  const KEYS = {
    ArrowRight: () => act("next"),
    ArrowLeft: () => act("back"),
    " ": () => act("toggle"),
    h: () => act("reveal"),
    l: () => act("lock"),
    t: () => act("countdown"),
    PageDown: () => turn(1),
    PageUp: () => turn(-1),
    f: toggleScreen,
    d: toggleMode,
    g: nextLanguage,
    q: () => toggleDialog("big-code"),
    "?": () => toggleDialog("help"),
  };
  const IN_DIALOGS = "fdgq?";

  // An Arabic or Cyrillic keyboard has the same letters on the same keys, under other names.
  function named({ key, code }) {
    if (key === "؟") return "?";
    const latin = /^[a-z]$/i.test(key) || !/^Key[A-Z]$/.test(code) ? key : code.slice(3);
    return latin.length === 1 ? latin.toLowerCase() : latin;
  }

  addEventListener("keydown", (event) => {
    const name = named(event);
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, name)) return;
    if (event.repeat && !name.startsWith("Page")) return;
    if (name === " " && event.target.closest("#ask, dialog[open] button")) return;
    if (document.querySelector("dialog[open]") && !IN_DIALOGS.includes(name)) return;
    event.preventDefault();
    KEYS[name]();
  });

  addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const link = event.target.closest(".pager a");
    if (link) {
      event.preventDefault();
      turn(link.rel === "next" ? 1 : -1);
    } else if (button && "close" in button.dataset) {
      button.closest("dialog").close();
    } else if (button && button.dataset.key) {
      const { key } = button.dataset;
      if (button.closest("dialog") && key !== "?" && key !== "q") button.closest("dialog").close();
      KEYS[key]();
    } else if (event.target.nodeName === "DIALOG") event.target.close();
  });

  // A closed dialog would keep the focus, and with it the space bar.
  document.querySelectorAll("dialog").forEach((dialog) => dialog.addEventListener("close", () => document.activeElement?.blur()));

  let idle;
  function awake() {
    root.dataset.pointer = "here";
    clearTimeout(idle);
    idle = setTimeout(() => delete root.dataset.pointer, 3000);
  }

  // --- start ---------------------------------------------------------------------------------------------------

  if (keptMode()) root.dataset.mode = keptMode();
  root.classList.add("live");
  offerKeys();
  addEventListener("pointermove", awake);
  addEventListener("resize", fit);
  addEventListener("online", refresh);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  document.fonts?.ready.then(fit);
  setInterval(tick, 250);
  setInterval(refresh, GUARD);
  fit();
  tick();
  follow();
})();
