// Putting in paper ballots by keyboard: a digit ticks, the next thing to answer comes by itself, Enter counts the ballot.
(() => {
  "use strict";
  const sheet = document.querySelector("form[data-quick]");
  if (!sheet) return;
  document.documentElement.classList.add("js");
  const fields = Array.from(sheet.querySelectorAll("fieldset input:not([type=hidden]), fieldset select, fieldset textarea"));
  const ticks = fields.filter((field) => field.type === "radio" || field.type === "checkbox");
  const names = Array.from(new Set(ticks.map((field) => field.name)));
  const group = (name) => ticks.filter((field) => field.name === name);

  const tick = (digit) => {
    const here = document.activeElement;
    const name = names.includes(here.name) ? here.name : names[0];
    const meant = group(name)[digit - 1];
    if (!meant) return;
    meant.checked = meant.type === "radio" || !meant.checked;
    const next = meant.type === "radio" && group(names[names.indexOf(name) + 1])[0];
    (next || meant).focus();
  };

  sheet.addEventListener("keydown", (event) => {
    const written = event.target.matches("select, textarea, input:not([type=radio]):not([type=checkbox])");
    if (written || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    tick(Number(event.key));
  });
  if (fields.length) fields[0].focus();
})();
