/* What every page does: theme, menus, error summary, letters as keys, one submit at a time. */
{
  const root = document.documentElement;
  root.classList.add("scripted");

  const showTheme = () => {
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme ?? "")));
    }
  };

  const chooseTheme = (choice) => {
    const secure = location.protocol === "https:" ? "; secure" : "";
    const age = choice ? 31536000 : 0;
    document.cookie = `theme=${choice}; path=/; max-age=${age}; samesite=lax${secure}`;
    if (choice) root.dataset.theme = choice;
    else delete root.dataset.theme;
    showTheme();
  };

  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]");
    if (choice) chooseTheme(choice.dataset.themeChoice);
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  const closeMenus = () => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  };

  /* A second click on a button must not send the form twice; the server has the last word. */
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sending) event.preventDefault();
    else event.target.dataset.sending = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  });

  /* Letters as keys can be switched off, for people whose voice or hand types by accident. */
  const keysOff = () => localStorage.getItem("keys") === "off";
  const showKeys = () => {
    for (const button of document.querySelectorAll("[data-keys-switch]")) {
      button.setAttribute("aria-pressed", String(!keysOff()));
    }
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-keys-switch]")) return;
    if (keysOff()) localStorage.removeItem("keys");
    else localStorage.setItem("keys", "off");
    showKeys();
  });

  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const seen = (element) => element.getClientRects().length > 0;

  const forKey = (key) => {
    const inside = document.activeElement.closest(".comment") ?? document.querySelector(".comment.is-active");
    const matches = [...document.querySelectorAll("[data-key]")].filter((each) => each.dataset.key === key && seen(each));
    return matches.find((each) => inside?.contains(each)) ?? matches.find((each) => !each.closest(".comment"));
  };

  const nextComment = (step) => {
    const cards = [...document.querySelectorAll(".comment")].filter(seen);
    const at = cards.findIndex((card) => card.contains(document.activeElement) || card.classList.contains("is-active"));
    const card = cards[at < 0 ? (step > 0 ? 0 : cards.length - 1) : at + step];
    if (card) document.dispatchEvent(new CustomEvent("comment:show", { detail: card.dataset.comment }));
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeMenus();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || keysOff()) return;
    if (event.key === "?") return document.getElementById("keyboard-help")?.togglePopover();
    const target = forKey(event.key);
    if (target) {
      event.preventDefault();
      if (target.matches("input, textarea, select")) target.focus();
      else target.click();
    } else if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      nextComment(event.key === "n" ? 1 : -1);
    }
  });

  showTheme();
  showKeys();
  document.querySelector("[data-error-summary]")?.focus();
}
