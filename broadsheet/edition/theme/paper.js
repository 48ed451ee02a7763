// The reader's own choice of dark or light, kept in their browser. Without this file a page follows their machine.
// It runs before the first paint, so that nobody who chose dark is dazzled by a page that is white at first.
(() => {
  "use strict";
  const root = document.documentElement;
  const machine = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    // A browser that keeps nothing of strangers throws.
    try { return localStorage.getItem("scheme"); } catch { return null; }
  };
  const keep = (scheme) => {
    try { localStorage.setItem("scheme", scheme); } catch { /* then for this page alone */ }
  };
  const show = (scheme) => {
    if (scheme === "dark" || scheme === "light") root.dataset.scheme = scheme;
  };
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : machine.matches);

  show(kept());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.scheme");
    if (!button) return;
    const say = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const scheme = isDark() ? "light" : "dark";
      show(scheme);
      keep(scheme);
      say();
    });
    machine.addEventListener("change", say);
    say();
    button.hidden = false;
  });
})();

// The newest headlines below a story. The story's own page never changes with them; without this it has the link alone.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const box = document.querySelector(".latest[data-part]");
  if (!box) return;
  box.classList.add("awaited"); // its height is kept free, so that nothing jumps
  const watch = new IntersectionObserver(async ([seen]) => {
    if (!seen.isIntersecting) return;
    watch.disconnect();
    try {
      const answer = await fetch(box.dataset.part);
      if (!answer.ok) return;
      box.insertAdjacentHTML("beforeend", await answer.text());
      // The story itself is no news to whoever has just read it.
      for (const link of box.querySelectorAll("li a")) if (link.pathname === location.pathname) link.closest("li").remove();
      // What was kept free and not needed goes, where nobody sees anything move.
      if (box.getBoundingClientRect().bottom > innerHeight) box.classList.remove("awaited");
    } catch { /* the link above leads there */ }
  }, { rootMargin: "300px" });
  watch.observe(box);
});

// The strip of the home front over every page, while the page is open too: without this fronts have it as they were made.
(() => {
  "use strict";
  const part = document.currentScript.dataset.breaking;
  if (!part) return;
  const EVERY_MS = 60000;
  const load = async () => {
    const answer = await fetch(part);
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.text()).trim();
  };
  const first = load(); // asked for before the page is read, so that it comes soon
  first.catch(() => {});
  document.addEventListener("DOMContentLoaded", () => {
    const main = document.querySelector("main");
    const box = main.querySelector(".alert") || document.createElement("div");
    // Where the page kept no place for it, it comes over the foot of the window: nothing moves under the reader's eyes.
    if (!box.parentNode) box.className = "alert over";
    box.setAttribute("role", "status"); // said aloud when it comes
    if (!box.parentNode) main.prepend(box);
    let shown = null;
    const show = (strip) => {
      if (strip === shown) return;
      shown = strip;
      box.innerHTML = strip;
      const said = (each) => !box.contains(each) && each.textContent === box.textContent.trim();
      const here = [...box.querySelectorAll("a")].some((link) => link.pathname === location.pathname);
      // Not over the story it leads to, and not twice over a front that says the same.
      box.hidden = here || [...main.querySelectorAll(".breaking")].some(said);
    };
    const again = () => { if (!document.hidden) load().then(show, () => { /* what stands there stays */ }); };
    first.then(show, () => {});
    setInterval(again, EVERY_MS);
    document.addEventListener("visibilitychange", again);
  });
})();
