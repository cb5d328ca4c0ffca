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
  const address = tools.querySelector('[data-key="m"]').getAttribute("href").replace(NONE, clause);
  const form = document.getElementById("act");
  const reading = document.getElementById("reading");
  const { csrfmiddlewaretoken } = Object.fromEntries(new FormData(form));
  const values = { csrfmiddlewaretoken, place, base: reading.dataset.revision };
  const refused = (event) => {
    if (event.detail.xhr.status !== 409 && event.detail.xhr.status !== 422) return;
    event.preventDefault();
    decide(form, address, values);
  };
  reading.addEventListener("htmx:beforeOnLoad", refused, { once: true });
  window.htmx.ajax("POST", address, {
    source: reading,
    target: "#reading",
    select: "#reading",
    swap: "outerHTML show:none",
    values,
  });
}

/** On the page of its own, which says what stands in the way and holds what was wanted. */
function decide(form, address, values) {
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  form.action = address;
  form.submit();
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
