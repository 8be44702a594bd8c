/* Rows that can be dragged to another place. What it does is a step of the form, the same that the row's buttons take. */
{
  let dragged = null;

  const rowOf = (element) => element.closest?.("[data-drag-rows] > tr");
  const placeOf = (row) => [...row.parentElement.children].indexOf(row);
  const clear = () => {
    for (const row of document.querySelectorAll(".drag-over")) row.classList.remove("drag-over");
  };

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".drag-handle") ? rowOf(event.target) : null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(dragged, 0, 0);
  });

  document.addEventListener("dragover", (event) => {
    const row = dragged && rowOf(event.target);
    if (!row || row.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    clear();
    if (row !== dragged) row.classList.add("drag-over");
  });

  document.addEventListener("drop", (event) => {
    const row = dragged && rowOf(event.target);
    if (!row || row === dragged || row.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    const form = row.closest("form");
    const step = document.createElement("button");
    step.type = "submit";
    step.name = "do";
    step.value = `${row.parentElement.dataset.dragRows}:${placeOf(dragged)}:${placeOf(row)}`;
    step.formNoValidate = true;
    step.hidden = true;
    form.append(step);
    step.click();
  });

  document.addEventListener("dragend", () => {
    dragged = null;
    clear();
  });
}
