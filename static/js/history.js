// Days in the filter are those of the reader's own zone, as the form says.

const form = document.querySelector(".filters form");
const zone = form?.elements.zone;

if (zone && !zone.value && !form.elements.since.value && !form.elements.until.value) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const said = form.querySelector("[data-zone]");
  if (own && own !== "UTC") {
    zone.value = own;
    said.textContent = said.textContent.replace("UTC", own);
  }
}
