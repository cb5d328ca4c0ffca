// Times stand in UTC on the page; the reader's own zone is shown on hover and to the touch.

const full = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "long",
  timeStyle: "long",
});

for (const moment of document.querySelectorAll("time.moment")) {
  moment.title = full.format(new Date(moment.dateTime));
}

// A deadline has UTC beside it; where nobody chose a zone, the clock of the device joins it.
const near = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "medium",
  timeStyle: "short",
  hourCycle: "h23",
});

for (const here of document.querySelectorAll(".here[data-at]")) {
  const at = new Date(here.dataset.at);
  if (at.getTimezoneOffset() === 0) continue;
  here.textContent = here.dataset.said.replace("{}", near.format(at));
  here.hidden = false;
}
