// The seconds of the big screen. The server says how many are left: the clock of this computer is never read.
(() => {
  "use strict";
  let left, begun, timer, asking;
  const read = () => {
    const screen = document.querySelector("[data-left]");
    left = screen.dataset.left === "" ? null : Number(screen.dataset.left);
    timer = screen.querySelector("[data-timer]");
    begun = performance.now();
  };
  const words = (all) => {
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(all / 3600);
    return (hours ? hours + ":" : "") + two(Math.floor(all / 60) % 60) + ":" + two(all % 60);
  };
  // Ask again and put what came in place of what is shown; when nobody answers, the seconds go on.
  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-left]");
      if (fresh) {
        document.querySelector("[data-left]").replaceWith(fresh);
        read();
      } else if (answer.ok) location.reload();
    } catch {
      // Later.
    }
    asking = false;
  };
  read();
  setInterval(() => {
    if (left === null || !timer) return;
    const now = Math.max(0, left - Math.floor((performance.now() - begun) / 1000));
    timer.textContent = words(now);
    if (now === 0) ask();
  }, 250);
  setInterval(ask, 5000);
  document.addEventListener("visibilitychange", ask);
})();
