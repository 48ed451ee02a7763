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
