// The door: a card's code comes in the part of the address that no server sees; it goes into the form and off the address.
(() => {
  "use strict";
  const sheet = document.querySelector("form");
  const field = document.getElementById("card");

  const read = () => {
    const found = /^#c=([0-9A-Za-z-]+)$/.exec(window.location.hash);
    if (!found) return;
    history.replaceState(null, "", window.location.pathname + window.location.search);
    if (!field) return;
    field.value = found[1];
    field.readOnly = true;
    const told = field.parentNode.querySelector(".note") || document.createElement("p");
    told.className = "note good";
    told.setAttribute("role", "status");
    told.textContent = field.dataset.read;
    field.parentNode.insertBefore(told, field);
    // the same card in another language
    document.querySelectorAll("footer a").forEach((link) => { link.hash = `c=${found[1]}`; });
  };

  // what one person has half made is not for the next one
  const forget = (event) => {
    const stem = `${sheet.dataset.base} `;
    try {
      const kept = Object.keys(localStorage).filter((name) => name.startsWith(stem));
      if (kept.some((name) => name.startsWith(`${stem}due `))) {
        event.preventDefault();
        window.alert(sheet.dataset.unsent);
      } else kept.forEach((name) => localStorage.removeItem(name));
    } catch (_) { /* nothing was kept */ }
  };

  read();
  window.addEventListener("hashchange", read);
  if (sheet && sheet.dataset.base) sheet.addEventListener("submit", forget);
})();
