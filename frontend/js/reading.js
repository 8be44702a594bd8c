/* A mark in the draft and its comment show each other. */
{
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const activate = (id) => {
    for (const element of document.querySelectorAll(".is-active")) element.classList.remove("is-active");
    const name = CSS.escape(id);
    const belonging = `[data-comment="${name}"], mark[data-comments~="${name}"]`;
    for (const element of document.querySelectorAll(belonging)) element.classList.add("is-active");
  };

  const reveal = (element) => {
    for (let folded = element.closest("details:not([open])"); folded; folded = folded.closest("details:not([open])")) {
      folded.open = true;
    }
    element.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  };

  const cardOf = (id) => document.getElementById(`comment-${id}`);
  const numberOf = (id) => document.getElementById(`mark-${id}`);

  const showComment = (id) => {
    const card = cardOf(id);
    if (!card) return;
    activate(id);
    card.focus({ preventScroll: true });
    reveal(card);
    const number = numberOf(id);
    if (number) reveal(number);
  };

  document.addEventListener("comment:show", (event) => showComment(event.detail));

  document.addEventListener("click", (event) => {
    const number = event.target.closest(".mark-number");
    const words = event.target.closest("mark[data-comments]");
    const back = event.target.closest(".comment-number");
    if (number && cardOf(number.dataset.comment)) {
      event.preventDefault();
      showComment(number.dataset.comment);
    } else if (words) {
      const ids = words.dataset.comments.split(" ");
      const active = ids.findIndex((id) => cardOf(id)?.classList.contains("is-active"));
      showComment(ids[(active + 1) % ids.length]);
    } else if (back) {
      const id = back.closest(".comment").dataset.comment;
      const mark = numberOf(id);
      if (!mark) return;
      event.preventDefault();
      activate(id);
      mark.focus({ preventScroll: true });
      reveal(mark);
    }
  });

  document.addEventListener("focusin", (event) => {
    const belonging = event.target.closest(".mark-number, .comment");
    if (belonging) activate(belonging.dataset.comment);
  });
}
