// Times stand in UTC on the page; the reader's own zone is shown on hover and to the touch.

const full = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "long",
  timeStyle: "long",
});

for (const moment of document.querySelectorAll("time.moment")) {
  moment.title = full.format(new Date(moment.dateTime));
}
