// The phone: shows the question of the moment and keeps an answer until the server has it.
(() => {
  "use strict";
  if (!window.fetch || !window.URLSearchParams || !window.DOMParser || !Element.prototype.replaceWith) {
    // an old browser: plain forms, and a look at the page now and then while there is none
    if (!document.querySelector("form")) setTimeout(() => window.location.reload(), 15000);
    return;
  }

  const GUARD = 60000; // a network may let a stream die without a word
  const words = document.body.dataset;
  const main = document.querySelector("main");
  const find = (what, where) => (where || document).querySelector(what);
  const all = (what, where) => Array.from((where || document).querySelectorAll(what));
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const scene = () => find(".scene", main);
  const form = () => find("form", main);

  // What this phone remembers: answers that are due and answers half made. Private windows may refuse storage.
  const memory = {};
  const shelf = {
    name: (kind, round) => `${words.base} ${kind} ${round}`,
    read(name) {
      try { return JSON.parse(localStorage.getItem(name)); } catch (_) { return memory[name] || null; }
    },
    write(name, value) {
      memory[name] = value;
      try { localStorage.setItem(name, JSON.stringify(value)); } catch (_) { /* memory has it */ }
    },
    drop(name) {
      delete memory[name];
      try { localStorage.removeItem(name); } catch (_) { /* nothing was there */ }
    },
    names(kind) {
      const names = new Set(Object.keys(memory));
      try { Object.keys(localStorage).forEach((name) => names.add(name)); } catch (_) { /* memory has it */ }
      return Array.from(names).filter((name) => name.startsWith(shelf.name(kind, "")));
    },
  };

  // ---- words for eyes and for screen readers -------------------------------------------------------------
  const say = (text) => { find("#said").textContent = text; };

  const light = (on) => {
    const lamp = find(".light");
    lamp.hidden = false;
    if (lamp.dataset.on === String(on)) return;
    lamp.dataset.on = on;
    lamp.textContent = on ? words.connected : words.reconnecting;
  };

  const note = (text) => {
    const old = find(".late", main);
    if (old) old.remove();
    if (!text) return;
    const told = document.createElement("p");
    told.className = "note late";
    told.setAttribute("role", "alert");
    told.textContent = text;
    main.prepend(told);
  };

  const mark = (round, state, text) => {
    const shown = form();
    if (!shown || shown.dataset.round !== String(round)) {
      return;
    }
    shown.dataset.state = state;
    const told = find(".state", shown);
    if (told.textContent !== (text || words[state])) told.textContent = text || words[state];
  };

  // ---- sending --------------------------------------------------------------------------------------------
  const busy = {};
  let pressed = null; // the button that sends: not every browser tells
  let misses = 0;
  let retry = 0;

  const call = (address, options) => {
    const stop = window.AbortController && new AbortController();
    if (stop) setTimeout(() => stop.abort(), 10000); // also where an answer has begun to come and stops
    const asked = { credentials: "same-origin", cache: "no-store", signal: stop ? stop.signal : undefined };
    return fetch(address, Object.assign(asked, options));
  };

  const settle = (name, sent, status, reply) => {
    const kept = shelf.read(name);
    if (!kept || kept.revision !== sent.revision) return undefined;
    const done = reply.state === "received" && reply.revision === sent.revision;
    const refused = status >= 400 && status < 500 && status !== 429 && reply.state !== "received";
    if (!done && !refused) throw new Error(reply.message || "");
    shelf.drop(name);
    misses = 0;
    const shown = form();
    if (done && shown && shown.dataset.round === String(sent.round)) shown.dataset.revision = sent.revision;
    mark(sent.round, done ? "received" : "refused", reply.message);
    if (done) {
      note("");
      if (find("form [data-live]", main)) refresh();
      else if (shown && "grows" in shown.dataset) Promise.resolve(asking).then(renew);
      return;
    }
    if (status !== 409) shelf.write(shelf.name("draft", sent.round), { body: sent.body });
    return refresh().then(() => {
      if (!form() || form().dataset.round !== String(sent.round)) note(reply.message);
    });
  };

  const send = (name) => {
    const sent = shelf.read(name);
    if (!sent || busy[name]) return;
    busy[name] = true;
    mark(sent.round, "sending");
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    call(sent.address, { method: "POST", headers, body: `${sent.body}&revision=${sent.revision}` })
      .then((response) => response.json().then((reply) => settle(name, sent, response.status, reply)))
      .catch((error) => {
        const stopped = error instanceof TypeError || error instanceof SyntaxError || error.name === "AbortError";
        mark(sent.round, "unsent", stopped ? "" : error.message);
        misses += 1;
        clearTimeout(retry);
        retry = setTimeout(flush, Math.min(15000, 500 * 2 ** misses) * (0.5 + Math.random()));
      })
      .then(() => {
        busy[name] = false;
        const kept = shelf.read(name);
        if (kept && kept.revision !== sent.revision) send(name);
      });
  };

  const flush = () => shelf.names("due").forEach(send);

  const answer = (event) => {
    const sheet = event.target;
    const round = sheet.dataset.round;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(sheet));
    if (pressed && pressed.name) body.append(pressed.name, pressed.value);
    if (!filled(body)) return mark(round, "empty");
    const name = shelf.name("due", round);
    const before = shelf.read(name);
    const revision = Math.max(Number(sheet.dataset.revision), before ? before.revision : 0) + 1;
    sheet.dataset.revision = revision;
    shelf.write(name, { round, revision, address: sheet.getAttribute("action"), body: body.toString() });
    shelf.drop(shelf.name("draft", round));
    misses = 0;
    mark(round, "sending");
    return send(name);
  };

  const filled = (body) => Array.from(body).some(([name, value]) => value && name !== "token" && name !== "language");

  // ---- the ballot -----------------------------------------------------------------------------------------
  const edited = (sheet) => {
    shelf.write(shelf.name("draft", sheet.dataset.round), { body: new URLSearchParams(new FormData(sheet)).toString() });
    mark(sheet.dataset.round, Number(sheet.dataset.revision) ? "edited" : "making");
  };

  const refill = (sheet, body) => {
    const values = new URLSearchParams(body);
    all("input:not([type=hidden]),select,textarea:not([readonly])", sheet).forEach((field) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.getAll(field.name).includes(field.value);
      else field.value = values.get(field.name) || "";
    });
  };

  const enough = (box) => {
    say("");
    say(box.dataset.enough);
    find(".state", form()).textContent = box.dataset.enough;
  };

  const choosing = (box) => {
    const most = Number(box.dataset.most);
    const picked = () => all("input:checked", box);
    const count = find(".count", box);
    const tell = () => { if (count) count.textContent = put(box.dataset.count, { picked: picked().length, most }); };
    box.addEventListener("change", (event) => {
      if (event.target.type === "checkbox" && picked().length > most) {
        event.target.checked = false;
        event.stopPropagation();
        enough(box);
      }
      tell();
    });
    tell();
  };

  const spending = (box) => {
    const tell = () => {
      let left = box.dataset.budget;
      all("input:checked,[type=number]", box).forEach((one) => { left -= one.value; });
      find(".count", box).textContent = put(left < 0 ? box.dataset.over : box.dataset.count, { left: Math.abs(left) });
    };
    box.addEventListener("input", tell);
    tell();
  };

  // says how many signs still fit
  const counting = (field) => {
    const tell = () => { find(`#${field.id}-left`).textContent = put(field.dataset.left, { left: field.maxLength - field.value.length }); };
    field.addEventListener("input", tell);
    tell();
  };

  // shows only the rows that hold what is typed, whatever its accents
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f]/g, "").toLowerCase();
  const sifting = (field) => field.addEventListener("input", () => all(".row", main).forEach((row) => {
    row.hidden = !plain((find(".text", row) || row).textContent).includes(plain(field.value));
  }));

  const ranking = (box) => {
    const text = box.dataset;
    const sheet = box.closest("form");
    const rows = all(".row", box);
    const total = rows.length;
    const id = (row) => row.dataset.option;
    const row = (option) => rows.find((one) => id(one) === option);
    const name = (option) => find(".text", row(option)).textContent.trim();
    const list = document.createElement("ol");
    let order = [];

    const read = () => {
      const places = new Map();
      rows.forEach((one) => {
        const place = Number(find(".rank", one).value);
        if (place) places.set(place, (places.get(place) || []).concat(id(one)));
      });
      order = Array.from(places.keys()).sort((a, b) => a - b).map((place) => places.get(place));
    };
    const at = (option) => order.findIndex((group) => group.includes(option));
    const without = (option) => order.map((group) => group.filter((one) => one !== option)).filter((group) => group.length);
    const alone = (option) => order[at(option)].length === 1;

    const acts = {
      up(option) {
        const place = at(option);
        const to = alone(option) ? place - 1 : place;
        order = without(option);
        order.splice(Math.max(0, to), 0, [option]);
      },
      down(option) {
        const to = at(option) + 1;
        order = without(option);
        order.splice(Math.min(order.length, to), 0, [option]);
      },
      same(option) {
        const place = at(option);
        const first = order[place][0] === option;
        order = without(option);
        if (!first) order.splice(place + 1, 0, [option]);
        else order[place - 1].push(option);
      },
      back(option) { order = without(option); },
    };

    const tool = (act, sign, option, off, pressed) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.act = act;
      button.textContent = sign;
      button.setAttribute("aria-label", put(text[act], { name: name(option) }));
      if (off) button.setAttribute("aria-disabled", "true");
      if (act === "same") button.setAttribute("aria-pressed", String(pressed));
      return button;
    };

    const line = (option, place, first, last) => {
      const item = document.createElement("li");
      item.dataset.option = option;
      item.className = first ? "" : "tied";
      const badge = document.createElement("span");
      badge.className = "place";
      badge.textContent = place + 1;
      const tools = document.createElement("span");
      tools.className = "tools";
      tools.append(tool("up", "↑", option, !place && alone(option)), tool("down", "↓", option, last && alone(option)));
      if (text.ties) tools.append(tool("same", text.tie, option, !place && first, !first));
      tools.append(tool("back", "×", option));
      item.append(badge, find(".text", row(option)).cloneNode(true), tools);
      return item;
    };

    const draw = () => {
      const lines = [];
      order.forEach((group, place) => group.forEach((option, nth) => {
        lines.push(line(option, place, !nth, place === order.length - 1));
      }));
      list.textContent = "";
      list.append(...lines);
      rows.forEach((one) => {
        const place = at(id(one));
        find(".rank", one).value = place < 0 ? "" : place + 1;
        find(".place", one).textContent = place < 0 ? "" : place + 1;
        find(".tap", one).setAttribute("aria-pressed", String(place >= 0));
      });
      find(".yours", box).hidden = find(".count a", box).hidden = !lines.length;
      find(".count span", box).textContent = put(text.count, { picked: lines.length, total });
    };

    const changed = (option) => {
      draw();
      const place = at(option);
      say(put(place < 0 ? text.gone : text.placed, { name: name(option), place: place + 1, total }));
      edited(sheet);
    };

    const tap = (option) => {
      if (at(option) < 0 && list.children.length >= (text.top || total)) return enough(box);
      find(".unsure input", row(option)).checked = false;
      if (at(option) < 0) order.push([option]);
      else order = without(option);
      return changed(option);
    };

    const act = (option, what) => {
      const control = find(`[data-option="${option}"] [data-act=${what}]`, list);
      if (!control || control.getAttribute("aria-disabled")) return;
      acts[what](option);
      changed(option);
      const next = find(`[data-option="${option}"] [data-act=${what}]`, list);
      (next || find(".tap", row(option))).focus();
    };

    rows.forEach((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tap";
      const badge = document.createElement("span");
      badge.className = "place";
      button.append(badge, find(".text", one));
      button.addEventListener("click", () => tap(id(one)));
      find("label", one).replaceWith(button);
      find(".unsure input", one).addEventListener("change", () => {
        order = without(id(one));
        draw();
      });
    });
    find(".yours", box).append(list);
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) act(button.closest("li").dataset.option, button.dataset.act);
    });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const here = event.target.closest("[data-option]");
      if (!step || !here) return;
      event.preventDefault();
      if (list.contains(here)) return void act(here.dataset.option, step < 0 ? "up" : "down");
      const next = rows[rows.indexOf(here) + step];
      if (next) find(".tap", next).focus();
    });
    read();
    draw();
  };

  // ---- the scene ------------------------------------------------------------------------------------------
  let ends = 0;

  const tick = () => {
    const clock = find(".timer", main);
    if (!clock) return;
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    clock.textContent = left ? put(words.left, { time: `${Math.floor(left / 60)}:${`0${left % 60}`.slice(-2)}` }) : words.over;
  };

  const wind = () => {
    const clock = find(".timer", main);
    ends = clock ? Date.now() + 1000 * Number(clock.dataset.left) : 0;
    tick();
  };

  const dress = () => {
    const sheet = form();
    wind();
    if (!sheet) return;
    // a half-made answer stays no longer than its question
    const current = shelf.name("draft", sheet.dataset.round);
    shelf.names("draft").filter((name) => name !== current).forEach(shelf.drop);
    const due = shelf.read(shelf.name("due", sheet.dataset.round));
    const draft = shelf.read(current);
    if (draft || due) refill(sheet, (draft || due).body);
    all("[data-ballot=choice]", sheet).forEach(choosing);
    all("[data-ballot=ranking]", sheet).forEach(ranking);
    all("[data-budget]", sheet).forEach(spending);
    all("[data-left]", sheet).forEach(counting);
    all("[type=search]", main).forEach(sifting);
    sheet.addEventListener("click", (event) => { pressed = event.target.closest("[type=submit]"); });
    sheet.addEventListener("submit", answer);
    ["change", "input"].forEach((name) => sheet.addEventListener(name, () => edited(sheet)));
    if (draft) mark(sheet.dataset.round, Number(sheet.dataset.revision) ? "edited" : "making");
    if (due) mark(sheet.dataset.round, "unsent");
  };

  const show = (html) => {
    const fresh = find(".scene", new DOMParser().parseFromString(html, "text/html"));
    const old = scene();
    if (!fresh) return false;
    if (old && fresh.dataset.key === old.dataset.key) {
      // the same question: a half-made answer stays, but the clock may have been set and proposals released
      Object.assign(old.dataset, { seen: fresh.dataset.seen, spread: fresh.dataset.spread });
      const sheet = form();
      const held = document.activeElement;
      const body = sheet && new URLSearchParams(new FormData(sheet)).toString();
      all("[data-live]", old).forEach((part) => {
        const next = find(`#${part.id}`, fresh);
        if (next && !part.isEqualNode(next) && !(held.type === "textarea" && part.contains(held))) part.replaceWith(next);
      });
      if (sheet) refill(sheet, body);
      const again = held.id && find(`#${held.id}`);
      if (again) again.focus();
      wind();
      return true;
    }
    const inside = main.contains(document.activeElement);
    main.textContent = "";
    main.append(document.importNode(fresh, true));
    dress();
    say(find("h1", main).textContent);
    if (inside) find("h1", main).focus();
    window.scrollTo(0, 0);
    return true;
  };

  // ---- staying in touch -----------------------------------------------------------------------------------
  let etag = `W/"${scene().dataset.seal}"`;
  let asking = null;
  let next = null;
  let source = null;
  let refused = 0;
  let falls = 0;
  let beats = 0;
  let pulse = 0;

  const refresh = () => {
    if (asking) {
      // what was asked for before may be answered with how things stood before
      next = next || asking.then(() => { next = null; return refresh(); });
      return next;
    }
    asking = call(`${words.base}/now${scene().dataset.query || ""}`, { headers: etag ? { "If-None-Match": etag } : {} })
      .then((response) => response.status === 304 || response.text().then((html) => {
        etag = response.headers.get("ETag") || "";
        return show(html);
      }))
      .catch(() => false)
      .then((well) => { asking = null; return well; });
    return asking;
  };

  const renew = () => {
    etag = scene().dataset.key = "";
    return refresh();
  };

  const soon = (wait) => {
    clearTimeout(pulse);
    pulse = setTimeout(beat, wait * (0.5 + Math.random()));
  };

  const beat = () => {
    const had = etag;
    return refresh().then((well) => {
      light(well);
      if (!well) return soon(Math.min(15000, 500 * 2 ** falls++));
      falls = 0;
      beats += 1;
      flush();
      if (source && source.readyState < 2) {
        if (etag === had) return undefined;
        source.close(); // it did not tell: it may be dead, though nobody said so
      }
      return window.EventSource && (refused < 3 || beats % 12 === 0) ? listen() : soon(5000);
    });
  };

  const listen = () => {
    let opened = false;
    let wait = 0;
    source = new EventSource(`${words.base}/stream?seen=${scene().dataset.seen}`);
    source.onopen = () => {
      light(true);
      flush();
      opened = true;
      refused = 0;
    };
    const heard = () => {
      wait = wait || setTimeout(() => {
        wait = 0;
        refresh().then((well) => well || soon(500));
      }, Math.random() * Number(scene().dataset.spread));
    };
    ["activity", "texts"].forEach((topic) => source.addEventListener(topic, heard));
    source.onerror = () => {
      source.close();
      if (!opened) refused += 1;
      else light(false);
      soon(opened ? 1000 : 500);
    };
  };

  const wake = () => {
    if (document.hidden) return;
    falls = 0;
    soon(100);
  };

  document.documentElement.classList.add("js");
  dress();
  flush();
  setInterval(tick, 1000);
  setInterval(wake, GUARD * (0.75 + Math.random() / 2));
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => light(false));
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  document.addEventListener("visibilitychange", wake);
  window.EventSource ? listen() : soon(5000);
})();
