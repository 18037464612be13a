// The running desk: what a refused act says, the connection light, the countdown, Enter in the list of options,
// the keys that decide on proposals.
(() => {
  "use strict";

  const POLL = 4000;
  const said = () => document.getElementById("said");
  const light = (lost) => {
    const lamp = document.getElementById("light");
    if (!lamp) return;
    lamp.hidden = !lost;
    lamp.textContent = lost ? lamp.dataset.lost : "";
  };
  const refresh = () => window.htmx.trigger("#stream", "activity");
  const connect = () => {
    const stream = document.getElementById("stream");
    if (stream) window.htmx.ajax("GET", stream.getAttribute("hx-sse:connect"), { source: stream });
  };
  const later = () => setTimeout(() => {
    refresh();
    connect();
  }, POLL);
  window.htmx.config.sse = { reconnectMaxDelay: POLL };

  const unchanged = ({ sourceElement, request }) =>
    Array.from(sourceElement.querySelectorAll("input:not([type=hidden])")).every(
      ({ name, value }) => value === request.body.get(name)); // what was typed since then stays

  // a page that was refused as a whole must not take the room's place
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement.id === "stream") {
      event.preventDefault(); // no stream to be had: ask from time to time instead
      later();
    } else if (said() && ctx.response.status >= 400 && !/id="now"|class="note"/.test(ctx.text)) {
      ctx.target = said();
      ctx.swap = "innerHTML";
    } else if (ctx.response.status < 400) {
      if (ctx.sourceElement.matches("[data-clears]") && unchanged(ctx)) ctx.sourceElement.reset();
      // what an earlier act said is over with the next one, and its undo would undo something else
      if (ctx.request.method === "POST") document.querySelectorAll(".flashes").forEach((each) => each.remove());
    }
  });

  document.addEventListener("htmx:error", ({ target, detail }) => {
    if (target.id === "stream") {
      light(true);
      later();
    } else if (said() && target.closest && target.closest("form") && detail.ctx) {
      const words = document.createElement("p");
      words.className = "flash flash-problem";
      words.textContent = said().dataset.lost;
      said().replaceChildren(words);
    }
  });

  document.addEventListener("htmx:sse:before:connection", ({ detail }) => light(detail.connection.attempt > 1));
  document.addEventListener("htmx:sse:error", () => light(true));
  document.addEventListener("htmx:sse:after:connection", () => light(false));

  const ends = new WeakMap();
  const tick = () => {
    document.querySelectorAll("[data-seconds]").forEach((clock) => {
      const { seconds } = clock.dataset;
      if (ends.get(clock)?.seconds !== seconds) ends.set(clock, { seconds, at: performance.now() + 1000 * seconds });
      const left = Math.max(0, Math.ceil((ends.get(clock).at - performance.now()) / 1000));
      const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("clock-over", left === 0);
    });
  };
  setInterval(tick, 250);

  // Enter goes on to the next option instead of sending the whole form
  document.addEventListener("keydown", (event) => {
    const row = event.key === "Enter" && event.target.matches(".option-row input") && event.target.closest("li");
    if (!row || event.isComposing) return;
    event.preventDefault();
    const below = row.nextElementSibling;
    if (below) below.querySelector(`[name="${event.target.name}"]`).focus();
    else document.getElementById("press-add").click();
  });

  // a menu closes when another thing is done
  document.addEventListener("click", ({ target }) => {
    document.querySelectorAll(".menu[open]").forEach((menu) => menu.contains(target) || menu.removeAttribute("open"));
  });
  document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });

  // proposals: one hand decides, and stays where it is in the list
  const cards = () => Array.from(document.querySelectorAll("[data-card]"));
  const held = () => document.activeElement.closest("[data-card]");
  let column = "waiting";
  let place = 0;
  const hold = (card) => {
    if (!card) return;
    card.focus();
    card.scrollIntoView({ block: "nearest" });
  };
  const remember = () => {
    if (!held()) return;
    column = held().dataset.card;
    place = cards().filter((card) => card.dataset.card === column).indexOf(held());
  };
  const again = () => {
    const elsewhere = document.activeElement !== document.body && !held();
    if (!cards().length || elsewhere || held()?.dataset.card === column) return;
    const mine = [column, place];
    const near = cards().filter((card) => card.dataset.card === column);
    hold(near[Math.min(place, near.length - 1)] || cards()[0]);
    [column, place] = mine; // where one decides, though nothing may be left there
  };
  const beside = (card) => {
    const near = cards().filter((one) => one.dataset.card === card.dataset.card);
    return near[near.indexOf(card) + 1] || near[near.indexOf(card) - 1];
  };
  const walk = (step) => hold(cards()[Math.max(0, cards().indexOf(held()) + step)] || held());
  const undo = () => held()?.querySelector("[data-key=z]") || Array.from(document.querySelectorAll(".flash form button")).pop();
  const press = (key) => {
    if (key === "escape") return document.querySelector("[data-key=escape]");
    return key === "z" ? undo() : held()?.querySelector(`[data-key="${key}"]`);
  };
  const KEYS = /^([armwz123]|escape)$/;
  const STEPS = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };

  document.addEventListener("focusin", remember);
  document.addEventListener("htmx:after:swap", () => setTimeout(again));
  document.addEventListener("DOMContentLoaded", again);
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const writes = event.target.matches("input, textarea, select");
    if (!cards().length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!writes) again();
    if (writes) {
      if (key === "escape" && held()) {
        event.target.closest("details").open = false;
        hold(held());
      }
    } else if (!held() && document.activeElement !== document.body) {
      // the keys belong to the list: elsewhere a letter stays a letter
    } else if (STEPS[key]) {
      event.preventDefault();
      walk(STEPS[key]);
    } else if (KEYS.test(key) && !event.repeat) {
      const control = press(key);
      if (!control) return;
      event.preventDefault();
      const next = control.matches("[data-card] button") && beside(held());
      control.click();
      if (next) hold(next); // the next key is for the next one, whether the answer has come or not
    }
  });
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches("[data-card] details")) target.querySelector("textarea")?.focus();
  }, true);
})();
