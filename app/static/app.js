// Comforts only: every page works without this file.
(() => {
  "use strict";
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The summary of errors is read first.
  const errors = document.getElementById("erreurs");
  if (errors) errors.focus();

  // The bar at the end of a table counts the ticked rows, and one box ticks them all.
  for (const label of $(".bar-bulk [data-one]")) {
    const form = label.closest("form");
    const boxes = $("td input[type=checkbox]:not(:disabled)", form);
    const rest = label.textContent;
    const count = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      for (const box of boxes) box.closest("tr").classList.toggle("on", box.checked);
      label.textContent = ticked ? ticked + "\u00a0" + (ticked > 1 ? label.dataset.many : label.dataset.one) : rest;
      all.checked = boxes.length > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && !all.checked;
    };
    const all = document.createElement("input");
    all.type = "checkbox";
    all.setAttribute("aria-label", "Tout cocher");
    const head = form.querySelector("thead th");
    if (head) head.append(all);
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      count();
    });
    form.addEventListener("change", count);
    window.addEventListener("pageshow", count);
  }

  // Leaving a long form that was changed asks first; sending it does not.
  let changed = false;
  for (const form of $("form[method=post]")) {
    const long = $("textarea,input[type=text],input:not([type])", form).length > 2;
    if (long) form.addEventListener("input", () => (changed = true));
    // A second click while the first is on its way is dropped.
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 4000);
      changed = false;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  // Escape, or a click elsewhere, closes the menu and the switcher.
  const close = (target) => {
    for (const open of $("details.switch[open]")) if (!open.contains(target)) open.open = false;
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close(null);
    if (location.hash === "#menu") location.hash = "#contenu";
  });
})();
