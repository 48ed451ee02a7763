/* Counts under the fields of a story's form, beside the length advised for them (desk/lengths.py). They are told to
   screen readers only once the writer pauses, and are no fields themselves, so autosave never sees them. */
(() => {
  "use strict";
  const SPOKEN_AFTER_MS = 1500;
  const COUNTED_AFTER_MS = 200;

  const tidy = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();
  const characters = (text) => Array.from(text).length;
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  /* Text as it will be printed: rich text as it stands on the screen, plain fields by their value. Captions and
     names of speakers belong to pictures and quotations and are not counted. */
  function bodyOf(panel) {
    const parts = panel.querySelectorAll("[contenteditable='true'], [name$='-value']:is(input[type='text'], textarea)");
    return Array.from(parts, (part) => {
      if (!part.isContentEditable) return part.value;
      const blocks = part.querySelectorAll("[data-block]");
      return Array.from(blocks, (block) => block.textContent).join(" ");
    }).join(" ");
  }

  function said(text, advised) {
    const length = characters(text);
    if (!advised) {
      const words = text ? text.split(" ").length : 0;
      return [`${counted(words, "word")}, ${counted(length, "character")}`, false];
    }
    const over = length - advised;
    const rest = over > 0 ? `: ${over} more than advised` : "";
    return [`${length} of ${counted(advised, "character")}${rest}`, over > 0];
  }

  function count(panel) {
    const content = panel.querySelector(".w-panel__content");
    const field = content && content.firstElementChild;
    if (!field) return;
    const advised = Number(panel.dataset.deskLength);
    const plain = advised ? field.querySelector("textarea, input[type='text']") : null;
    const shown = document.createElement("p");
    const spoken = document.createElement("p");
    shown.className = "desk-length";
    shown.id = `${panel.id}-length`;
    spoken.className = "w-sr-only";
    spoken.setAttribute("role", "status");
    content.append(shown, spoken);
    if (plain) {
      const described = plain.getAttribute("aria-describedby");
      plain.setAttribute("aria-describedby", described ? `${described} ${shown.id}` : shown.id);
    }

    let counting = 0;
    let speaking = 0;
    function show() {
      const [words, isOver] = said(tidy(plain ? plain.value : bodyOf(field)), advised);
      if (words === shown.textContent) return false;
      shown.textContent = words;
      shown.classList.toggle("desk-length--over", isOver);
      return true;
    }
    function changed() {
      clearTimeout(counting);
      counting = setTimeout(() => {
        if (!show()) return;
        clearTimeout(speaking);
        speaking = setTimeout(() => { spoken.textContent = shown.textContent; }, SPOKEN_AFTER_MS);
      }, COUNTED_AFTER_MS);
    }
    field.addEventListener("input", changed);
    if (!plain) new MutationObserver(changed).observe(field, { subtree: true, childList: true, characterData: true });
    show();
  }

  document.querySelectorAll("[data-desk-length]").forEach(count);
})();
