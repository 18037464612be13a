// The hand at the desk: nothing is replaced under a press, and a press made while an act is on its way is kept.
(() => {
  "use strict";

  const TAP = 350; // a touch screen may give the click that late
  const held = new Set(); // what the hand is doing: a pointer down, a drag, a key down
  const kept = []; // answers that come meanwhile, in their order
  const waiting = []; // presses made while an act is on its way
  const acts = new WeakMap();
  const since = new WeakMap(); // how many acts a refresh may know of
  const sent = new Set(); // acts on their way: several only where each is for a card of its own
  let count = 0;
  let downs = 0;
  let missed = false;
  let replaying = false;
  let passed = false; // a press came to nothing, and no other was made since
  let first = null;

  const refresh = () => {
    missed = false;
    window.htmx.trigger("#stream", "activity");
  };
  const isAct = (ctx) => ctx.target?.id === "now" && ctx.sourceElement.id !== "now";
  const fields = (body) => {
    const said = Object.fromEntries(body);
    delete said.csrf_token;
    return said;
  };
  const alone = ({ method, said }) => method === "GET" || "at" in said;
  const same = (one, other) => one.action === other.action && JSON.stringify(one.said) === JSON.stringify(other.said);

  // in the room what is open may have changed by the act before, but never the question itself
  const still = (name, said) => name === "csrf_token" || (name === "seen" && "at" in said);
  const control = ({ action, method, said }) => Array.from(document.querySelectorAll("#now [hx-post], #now [hx-get]")).find((one) => {
    if ((one.getAttribute("hx-post") ?? one.getAttribute("hx-get")) !== action) return false;
    if (method === "GET") return true;
    const hidden = one.closest("form")?.querySelectorAll("input[type=hidden]") ?? [];
    return Array.from(hidden).every(({ name, value }) => still(name, said) || said[name] === value);
  });
  const tell = () => {
    const said = document.getElementById("said"), words = document.createElement("p");
    words.className = "flash flash-problem";
    words.textContent = said.dataset.passed;
    said.replaceChildren(words);
  };
  const replay = (act) => {
    const source = control(act);
    if (!source) {
      waiting.length = 0;
      passed = true;
      tell();
      return;
    }
    const values = Object.fromEntries(Object.entries(act.said).filter(([name]) => !still(name, act.said)));
    replaying = true;
    window.htmx.ajax(act.method, act.action, { source, values });
    replaying = false;
  };
  const goOn = () => {
    if (sent.size) return;
    if (waiting.length) replay(waiting.shift());
    if (missed && !sent.size) refresh();
  };
  const settle = (ctx) => {
    if (!sent.has(acts.get(ctx)) || kept.includes(ctx)) return;
    const { response } = ctx;
    sent.delete(acts.get(ctx));
    if (!response || response.status >= 400) waiting.length = 0; // how things stand is to be read first
    setTimeout(goOn); // the element that asked is free only after this turn
  };

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (!isAct(ctx)) return;
    const { action, method, body } = ctx.request;
    const act = { ctx, action, method, said: fields(body) };
    acts.set(ctx, act);
    if (replaying) return;
    const before = [...sent, ...waiting];
    const twice = before.some((one) => same(one, act));
    if (!twice && !before.some((one) => alone(one) || alone(act)) && !waiting.length) return;
    event.preventDefault();
    if (!twice) waiting.push(act);
  });
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    since.set(ctx, count);
    if (!isAct(ctx)) return;
    sent.add(acts.get(ctx));
    count += 1;
    passed = false;
  });
  document.addEventListener("htmx:after:swap", () => passed && tell());
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const older = ctx.sourceElement.id === "now" && (sent.size || since.get(ctx) !== count);
    const among = sent.has(acts.get(ctx)) && sent.size > 1 && ctx.response.status < 400; // the last one shows all
    if (older || among) missed = true;
    else if (held.size) kept.push(ctx);
    if (older || among || held.size) event.preventDefault();
    if (older && !sent.size) setTimeout(goOn);
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => settle(ctx));

  const off = (what) => setTimeout(async () => {
    if (!held.delete(what) || held.size) return;
    for (const ctx of kept.splice(0)) {
      if (ctx.target.isConnected) await window.htmx.swap(ctx);
      settle(ctx);
    }
  });
  const hand = (type, does) => document.addEventListener(type, does, true);
  hand("pointerdown", ({ button }) => {
    downs += 1;
    if (button === 0) held.add("pointer");
  });
  hand("pointerup", ({ pointerType }) => {
    const mine = downs;
    setTimeout(() => mine === downs && off("pointer"), pointerType === "mouse" ? 0 : TAP);
  });
  hand("pointercancel", () => off("pointer"));
  hand("dragstart", () => held.add("drag"));
  hand("dragend", () => off("drag"));
  hand("keyup", () => off("key"));
  hand("keydown", (event) => {
    if (!event.target.matches("button, summary, a")) return;
    if (event.key === "Enter" && event.repeat) event.preventDefault(); // a key held down presses once
    if (event.key === " ") held.add("key");
  });
  window.addEventListener("blur", () => ["pointer", "key"].forEach(off));

  // the second click of a double click is for what the first was for
  const deed = (target) => {
    const pressed = target.closest("#now button");
    const form = pressed?.form;
    return form && JSON.stringify([form.action, pressed.getAttribute("formaction"), pressed.value, fields(new FormData(form))]);
  };
  hand("click", (event) => {
    const now = deed(event.target);
    if (event.detail < 2) first = now;
    else if (now && now !== first) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    off("pointer");
  });
})();
