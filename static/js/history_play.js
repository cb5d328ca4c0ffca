// The text through its revisions: a slider, arrow keys, the links beside it, and a play button.
// What a revision shows never changes, so it is fetched once; its neighbours are fetched ahead.

import { say } from "./page.js";

const KEEP = 60; // revisions held in memory
const AHEAD = [1, -1, 2, -2, 3];
const REST = 1800; // milliseconds between two revisions while it plays
const SETTLE = 40; // milliseconds a slider stands before its place is fetched

const player = document.getElementById("player");
const stage = document.getElementById("stage");

if (player) start();

function start() {
  const { dataset } = player;
  const numbers = dataset.numbers ? dataset.numbers.split(",").map(Number) : null;
  const count = numbers ? numbers.length : Number(dataset.last);
  const tags = new Map(
    dataset.tags.trim().split(/\s+/).map((pair) => {
      const [number, tag] = pair.split(":");
      return [Number(number), tag];
    }),
  );
  const numberAt = (place) => (numbers ? numbers[place] : place + 1);
  const placeOf = (number) => {
    if (!numbers) return Math.min(Math.max(number, 1), count) - 1;
    const later = numbers.findIndex((one) => one > number);
    return later < 0 ? count - 1 : Math.max(later - 1, 0);
  };
  const slider = player.querySelector("#at");
  const output = player.querySelector("output");
  const playButton = player.querySelector("[data-play]");
  const held = new Map([[Number(dataset.at), Promise.resolve(stage.innerHTML)]]);
  let place = placeOf(Number(dataset.at));
  let playing = 0;
  let settling = 0;

  // The number becomes a slider over the revisions there are.
  slider.removeAttribute("name");
  slider.type = "range";
  slider.min = 0;
  slider.max = count - 1;
  slider.step = 1;
  slider.value = place;
  player.classList.add("live");
  slider.form.addEventListener("submit", (event) => event.preventDefault());
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  playButton.hidden = still.matches || count < 2;
  still.addEventListener("change", () => {
    playButton.hidden = still.matches || count < 2;
    if (still.matches) stop();
  });

  function address(number) {
    const query = new URLSearchParams({ language: dataset.language });
    if (dataset.clause) query.set("clause", dataset.clause);
    if (tags.has(number)) query.set("v", tags.get(number));
    return `${dataset.address.replace(/\/0\/$/, `/${number}/`)}?${query}`;
  }

  async function fetched(number) {
    const answer = await fetch(address(number), { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw answer;
    return answer.text();
  }

  function load(number) {
    let text = held.get(number);
    held.delete(number);
    text ??= fetched(number);
    held.set(number, text);
    text.catch(() => held.delete(number));
    if (held.size > KEEP) held.delete(held.keys().next().value);
    return text;
  }

  function failed(problem) {
    const { signedOut, failed: refused, offline } = document.body.dataset;
    if (problem instanceof Response) say(problem.status === 401 ? signedOut : refused, "error");
    else say(offline, "error");
    stop();
  }

  /** Say where we are before the text has come, so that the slider never lags. */
  function point() {
    const number = numberAt(place);
    const said = dataset.said.replace("NUMBER", number).replace("LAST", dataset.last);
    slider.value = place;
    slider.setAttribute("aria-valuetext", said);
    output.value = said;
    for (const link of player.querySelectorAll("[data-step]")) {
      const next = place + Number(link.dataset.step);
      const there = next >= 0 && next < count;
      mark(link, "aria-disabled", !there);
      if (there) link.href = here(numberAt(next));
      else link.removeAttribute("href");
    }
    for (const link of document.querySelectorAll("[data-to]")) {
      const { to } = link.dataset;
      if (to === "text" || to === "return") {
        link.href = link.getAttribute("href").replace(/([?&]at=)\d+/, `$1${number}`);
      } else {
        link.href = link.getAttribute("href").replace(/\/revisions\/\d+\//, `/revisions/${number}/`);
      }
    }
    for (const link of document.querySelectorAll("[data-go]")) {
      mark(link, "aria-current", Number(link.dataset.go) === number);
    }
  }

  function mark(link, name, on) {
    if (on) link.setAttribute(name, "true");
    else link.removeAttribute(name);
  }

  function here(number) {
    const query = new URLSearchParams(window.location.search);
    query.set("at", number);
    return `?${query}`;
  }

  async function show() {
    const number = numberAt(place);
    let text;
    try {
      text = await load(number);
    } catch (problem) {
      failed(problem);
      return;
    }
    if (numberAt(place) !== number) return; // somebody has moved on meanwhile
    stage.innerHTML = text;
    stage.dataset.number = number;
    head();
    toChange();
    window.history.replaceState(null, "", here(number));
    ahead();
  }

  /** What the revision is stays in sight beside the slider, wherever its change stands. */
  function head() {
    const undo = document.querySelector('[data-to="undo"]');
    const managed = stage.querySelector("[data-managed]") !== null;
    if (undo) undo.hidden = numberAt(place) === 1 || (managed && !("any" in undo.dataset));
    const said = stage.querySelectorAll(".shown-head > :is(h2, p)");
    player.querySelector("[data-head]").replaceChildren(...said);
  }

  function toChange() {
    const change = stage.querySelector("[data-change]");
    if (!change) return;
    const top = player.getBoundingClientRect().bottom;
    const { top: from, height } = change.getBoundingClientRect();
    const room = window.innerHeight - top;
    if (from >= top && from + Math.min(height, room) <= window.innerHeight) return;
    window.scrollBy({ top: from - top - Math.max(24, (room - height) / 3), behavior: "instant" });
  }

  function ahead() {
    const wanted = AHEAD.map((step) => place + step).filter((one) => one >= 0 && one < count);
    const later = window.requestIdleCallback ?? ((act) => setTimeout(act, 50));
    later(() => wanted.forEach((one) => load(numberAt(one)).catch(() => {})));
  }

  function go(to) {
    const next = Math.min(Math.max(to, 0), count - 1);
    if (next === place) return false;
    place = next;
    point();
    clearTimeout(settling);
    if (held.has(numberAt(place))) show();
    else settling = setTimeout(show, SETTLE);
    return true;
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    playButton.setAttribute("aria-pressed", "false");
  }

  slider.addEventListener("input", () => {
    stop();
    go(Number(slider.value));
  });
  playButton.addEventListener("click", () => {
    if (playing) {
      stop();
      return;
    }
    if (place === count - 1) go(0);
    playing = setInterval(() => go(place + 1) || stop(), REST);
    playButton.setAttribute("aria-pressed", "true");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-step], a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stop();
    go(link.dataset.go ? placeOf(Number(link.dataset.go)) : place + Number(link.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, summary, [contenteditable]")) return;
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    if (event.key !== forward && event.key !== backward) return;
    event.preventDefault();
    stop();
    go(place + (event.key === forward ? 1 : -1));
  });

  point();
  head();
  if (new URLSearchParams(window.location.search).has("at")) toChange();
  ahead();
}
