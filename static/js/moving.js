// Drag a line of the outline to another place; the keyboard has the form behind "m".

const NONE = "00000000-0000-0000-0000-000000000000";
let dragged = null;

function unmark() {
  for (const name of ["before", "after", "inside"]) {
    for (const line of document.querySelectorAll(`.dropping-${name}`)) {
      line.classList.remove(`dropping-${name}`);
    }
  }
}

/** Where beside or in the line the pointer is: the upper quarter, the lower quarter, between. */
function where(line, event) {
  const box = line.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  return part < 0.3 ? "before" : part > 0.7 ? "after" : "inside";
}

function send(clause, place) {
  const tools = document.getElementById("tools").content;
  const address = tools.querySelector('[data-key="m"]').getAttribute("href");
  const form = document.getElementById("act");
  const values = new FormData(form);
  window.htmx.ajax("POST", address.replace(NONE, clause), {
    source: document.getElementById("reading"),
    target: "#reading",
    select: "#reading",
    swap: "outerHTML show:none",
    values: { csrfmiddlewaretoken: values.get("csrfmiddlewaretoken"), place },
  });
}

function movable(event) {
  return event.target.closest?.(".outline[data-moves] li[data-clause]");
}

export function startMoving() {
  document.addEventListener("dragstart", (event) => {
    dragged = movable(event)?.dataset.clause ?? null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const line = movable(event);
    if (!dragged || !line || line.dataset.clause === dragged) return;
    event.preventDefault();
    unmark();
    line.classList.add(`dropping-${where(line, event)}`);
  });
  document.addEventListener("drop", (event) => {
    const line = movable(event);
    unmark();
    if (!dragged || !line || line.dataset.clause === dragged) return;
    event.preventDefault();
    send(dragged, `${where(line, event)}:${line.dataset.clause}`);
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    unmark();
  });
}
