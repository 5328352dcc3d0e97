// Questions that an answer calls for: [data-if="field=value value"] shows when that answer is chosen. A comfort only.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form")) {
    const parts = form.querySelectorAll("[data-if]");
    const show = () => {
      for (const part of parts) {
        const [name, values] = part.dataset.if.split("=");
        const chosen = form.querySelector(`[name="${name}"]:checked`);
        part.hidden = !chosen || !values.split(" ").includes(chosen.value);
      }
    };
    if (!parts.length) continue;
    form.addEventListener("change", show);
    show();
  }
})();
