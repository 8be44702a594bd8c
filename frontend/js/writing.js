/* Nothing typed is lost: copies of long texts in this browser, words counted live, a warning before leaving. */
{
  const PREFIX = "autosave:";
  const KEPT_FOR = 14 * 24 * 3600 * 1000;

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  };

  const write = (key, copy) => {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  };

  const keys = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  const forget = (key) => localStorage.removeItem(PREFIX + key);
  const clock = (time) => new Date(time).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const noteOf = (area) => document.querySelector(`[data-autosave-note="${CSS.escape(area.id)}"]`);

  const say = (area, text, label, action) => {
    const note = noteOf(area);
    if (!note) return;
    note.replaceChildren(text);
    if (!label) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", action);
    note.append(" ", button);
  };

  const put = (area, text) => {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (area) => {
    const key = area.dataset.autosave;
    const copy = read(key);
    if (!copy || copy.text === area.value || !copy.text.trim()) return;
    if (area.value.trim()) {
      say(area, `There is an unsent text of ${clock(copy.at)}.`, "Use it", () => put(area, copy.text));
      return;
    }
    put(area, copy.text);
    say(area, `Brought back what you typed on ${clock(copy.at)}.`, "Start empty", () => {
      put(area, "");
      forget(key);
      say(area, "");
    });
  };

  /* A text counts as received when the page after its form is neither an error, nor a sign-in, nor the form with errors. */
  const settle = () => {
    const status = performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0;
    const refused = status >= 400 || document.querySelector("[data-error-summary], [data-autosave-keep], input[type=password]");
    for (const key of keys()) {
      const copy = read(key);
      if (!copy || Date.now() - copy.at > KEPT_FOR || (copy.sent && !refused)) forget(key);
      else if (copy.sent) write(key, { ...copy, sent: false });
    }
  };

  const waiting = new Map();
  const save = (area) => {
    const kept = write(area.dataset.autosave, { text: area.value, at: Date.now() });
    say(area, kept ? "Kept in this browser until you send it or sign out." : "This browser keeps no copy of what you type.");
  };

  const count = (area) => {
    const output = document.getElementById(area.dataset.countWords);
    if (!output) return;
    const words = area.value.trim() ? area.value.trim().split(/\s+/u).length : 0;
    const wanted = output.dataset.wanted ? ` · ${output.dataset.wanted} wanted` : "";
    output.value = `${words} ${words === 1 ? "word" : "words"}${wanted}`;
  };

  const changed = new Set();
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (area.dataset?.countWords) count(area);
    if (area.dataset?.autosave) {
      clearTimeout(waiting.get(area));
      waiting.set(area, setTimeout(() => save(area), 600));
    }
    const guarded = area.closest?.("form[data-guard]");
    if (guarded) changed.add(guarded);
  });

  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = event.target;
    changed.clear();
    if (new URL(form.action, location.href).pathname === "/sign-out") keys().forEach(forget);
    for (const area of form.querySelectorAll("[data-autosave]")) {
      clearTimeout(waiting.get(area));
      write(area.dataset.autosave, { text: area.value, at: Date.now(), sent: true });
    }
  });

  addEventListener("pagehide", () => {
    for (const [area, timer] of waiting) {
      clearTimeout(timer);
      if (!read(area.dataset.autosave)?.sent) save(area);
    }
  });

  addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });

  settle();
  for (const area of document.querySelectorAll("textarea[data-autosave]")) offer(area);
  for (const area of document.querySelectorAll("textarea[data-count-words]")) count(area);
}
