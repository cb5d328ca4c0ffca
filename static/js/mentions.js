// Names of members are offered behind an at sign in a comment. They are asked for once, when the
// first one is typed; typing a name by hand does the same.

const MOST = 8;
const BEGUN = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}][^@\n]{0,40})?$/u;
const address = document.body.dataset.names;

let names; // a promise of all
let list; // the open list
let field; // the text area it belongs to

function asked() {
  names ??= fetch(address, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : { names: [] }))
    .then((found) => found.names)
    .catch(() => []);
  return names;
}

function begun(area) {
  const before = area.value.slice(0, area.selectionStart);
  const found = area.selectionStart === area.selectionEnd && before.match(BEGUN);
  return found ? { typed: (found[1] ?? "").toLowerCase(), at: before.lastIndexOf("@") } : null;
}

function close() {
  if (!list) return;
  list.remove();
  for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"])
    field.removeAttribute(name);
  list = field = undefined;
}

function choose(option) {
  const area = field;
  const start = begun(area)?.at;
  close();
  if (start === undefined) return;
  area.setRangeText(`@${option.dataset.name} `, start, area.selectionStart, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function mark(option) {
  for (const one of list.children) one.setAttribute("aria-selected", String(one === option));
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function offer(area, found) {
  close();
  if (!found.length) return;
  field = area;
  list = document.createElement("ul");
  list.id = "names";
  list.className = "names";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.body.dataset.namesLabel);
  found.forEach((one, at) => {
    const option = document.createElement("li");
    option.id = `name-${at}`;
    option.dataset.name = one.name;
    option.setAttribute("role", "option");
    const name = document.createElement("b");
    name.textContent = one.name;
    option.append(name, ` ${one.delegation}`);
    list.append(option);
  });
  area.after(list);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  mark(list.firstElementChild);
}

async function look(area) {
  if (!begun(area)) return close();
  const all = await asked();
  const wanted = begun(area);
  if (!wanted || document.activeElement !== area) return close();
  const fits = (one) =>
    one.name.toLowerCase() !== wanted.typed.trim() &&
    (one.name.toLowerCase().startsWith(wanted.typed) ||
      one.name.toLowerCase().split(" ").some((word) => word.startsWith(wanted.typed)));
  offer(area, all.filter(fits).slice(0, MOST));
}

function step(event) {
  if (!list || event.target !== field) return;
  const options = [...list.children];
  const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) mark(options.at((at + steps[event.key]) % options.length));
  else if (event.key === "Enter" || event.key === "Tab") choose(options[at]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const isComment = (area) =>
  area.matches?.("textarea[name=text]") && area.form?.matches('[action*="/threads/"]');

if (address) {
  document.addEventListener("input", (event) => {
    if (isComment(event.target)) look(event.target);
  });
  document.addEventListener("keydown", step, true);
  document.addEventListener("focusout", (event) => {
    if (event.target === field) close();
  });
  // Before the field loses its focus, which would close the list.
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("#names [role=option]");
    if (option) {
      event.preventDefault();
      choose(option);
    }
  });
}
