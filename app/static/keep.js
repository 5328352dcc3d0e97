// What is typed in form[data-keep="user page"] stays here until the server has it, 7 days at most.
(() => {
  "use strict";
  const OURS = "keep:", LIFE = 7 * 864e5;
  const $ = (css) => [...document.querySelectorAll(css)];
  let store;
  const drop = (test) => {
    for (const key of Object.keys(store)) if (key.startsWith(OURS) && test(key.slice(5), key)) store.removeItem(key);
  };
  const open = (key) => {
    try { return JSON.parse(store[key]); } catch { return {}; }
  };
  try {
    store = localStorage;
    drop((name, key) => !(Date.now() - open(key).at < LIFE));
  } catch { return; }
  for (const mark of $("[data-kept]")) drop((name) => name === mark.dataset.kept);
  for (const form of $("form[action$='/deconnexion']")) form.addEventListener("submit", () => drop(() => true));

  const ticks = (field) => /radio|checkbox/.test(field.type);
  const typed = (form) => [...form.elements].filter((field) => field.name && !/hidden|file|password|button/.test(field.type));
  const read = (form) => typed(form).filter((field) => !ticks(field) || field.checked).map((field) => [field.name, field.value]);

  for (const form of $("form[data-keep]")) {
    const name = form.dataset.keep, key = OURS + name, kept = open(key).fields;
    const box = document.createElement("div"), line = document.createElement("p");
    const say = (words, ...more) => {
      box.className = "alert is-warn";
      box.setAttribute("role", "status");
      line.replaceChildren(words, " ", ...more);
      box.append(line);
      form.before(box);
    };
    drop((one) => one.split(" ")[0] !== name.split(" ")[0]);
    if (kept && JSON.stringify(kept) !== JSON.stringify(read(form))) {
      for (const field of typed(form)) {
        const values = kept.filter((one) => one[0] === field.name).map((one) => one[1]);
        if (ticks(field)) field.checked = values.includes(field.value);
        else if (values.length) field.value = values[0];
      }
      const clear = document.createElement("button");
      clear.type = "button";
      clear.className = "btn";
      clear.textContent = "Effacer";
      clear.onclick = () => {
        drop((one) => one === name);
        form.reset();
        form.dispatchEvent(new Event("change"));
        say("C’est effacé de cet appareil.");
      };
      say("Vos mots étaient gardés sur cet appareil. Ils ne sont pas encore envoyés.", clear);
    }
    const save = () => {
      try { store[key] = JSON.stringify({ at: Date.now(), fields: read(form) }); } catch { /* full */ }
    };
    form.addEventListener("input", save);
    form.addEventListener("submit", (event) => {
      save();
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say("Pas de réseau : vos mots sont gardés sur ce téléphone. Envoyez plus tard.");
      box.scrollIntoView();
    }, true);
    addEventListener("online", () => box.isConnected && say("Le réseau est revenu : vous pouvez envoyer."));
  }
})();
