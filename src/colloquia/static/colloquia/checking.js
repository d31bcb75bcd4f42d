// Takes words that are selected in a text over into the form that redacts them, with the place where they stand.
// Without a script the words are typed, and redacted wherever they stand.
"use strict";
(() => {
  const text = document.getElementById("received-text");
  const words = document.getElementById("words");
  const start = document.getElementById("words-start");
  if (!text || !words || !start) return;
  const without = (fragment) => {
    fragment.querySelectorAll("[data-note]").forEach((note) => note.remove());
    return fragment.textContent;
  };
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const chosen = without(range.cloneContents());
    const lead = chosen.length - chosen.trimStart().length;
    if (!chosen.trim() || chosen.length > 500) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    // Offsets are counted in code points, as the program counts them.
    const place = Array.from(without(before.cloneContents()) + chosen.slice(0, lead)).length;
    words.value = chosen.trim();
    start.value = String(Number(text.dataset.start) + place);
  });
  words.addEventListener("input", () => { start.value = ""; });
})();
