// Desk glue: an htmx answer keeps the keyboard's place, and a list marked data-sortable posts its new order.
(() => {
  "use strict";

  const ready = new WeakSet(); // the attribute goes with each answer

  const sortable = (list) => {
    if (!window.Sortable) return;
    list.dataset.ready = "yes";
    if (ready.has(list)) return;
    ready.add(list);
    window.Sortable.create(list, {
      handle: "[data-handle]",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd: ({ item, newIndex, oldIndex }) => {
        const form = item.querySelector("form[data-move]");
        if (newIndex === oldIndex || !form) return;
        form.elements.position.value = newIndex;
        form.requestSubmit();
      },
    });
  };

  const copyable = (button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      // navigator.clipboard does not exist on a plain-HTTP local network
      source.select();
      if (document.execCommand("copy")) button.textContent = button.dataset.copied;
    });
  };

  const wake = (root) => {
    root.querySelectorAll("[data-sortable]").forEach(sortable);
    root.querySelectorAll("[data-copy]").forEach(copyable);
  };

  document.addEventListener("DOMContentLoaded", () => {
    wake(document);
    const wrong = document.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus();
  });
  document.addEventListener("htmx:after:swap", () => wake(document));
})();
