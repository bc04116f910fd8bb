// Keeps what is typed on a report page on this phone, and says so. Without script the server keeps each page.
import * as store from "./store.js";
import { keepTrying, show } from "./strips.js";

const form = document.querySelector("form[data-report]");
const typing = form && form.querySelector("textarea");
const saved = form && form.querySelector("[data-saved]");
let waiting;

function id() {
  return `${form.dataset.report}/${form.dataset.page}`;
}

async function keep() {
  await store.put("drafts", id(), { words: typing.value, at: Date.now() });
  if (saved) saved.hidden = typing.value === "";
}

async function start() {
  const held = await store.get("drafts", id()).catch(() => undefined);
  if (held && !typing.value) typing.value = held.words;
  typing.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep().catch(() => undefined), 300);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (navigator.onLine || !form.dataset.phone) return;
    event.preventDefault();
    keep().then(() => location.assign(`${form.dataset.phone}#${encodeURIComponent(id())}`));
  });
}

// What reached the server is kept there: this phone forgets it.
async function forget() {
  const here = form ? form.dataset.report : "";
  for (const row of await store.all("drafts")) {
    const [report, page] = String(row.id).split("/");
    const sent = !form || (report === here && page !== form.dataset.page) || Date.now() - row.value.at > 7 * 864e5;
    if (sent && report !== "phone") await store.remove("drafts", row.id);
  }
}

if (store.works()) {
  if (typing) start();
  if (document.querySelector("[data-send]") || (form && form.dataset.page !== "words") || location.pathname.endsWith("/receipt/")) forget();
  keepTrying();
}
show();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/report/worker.js", { scope: "/report/" }).catch(() => undefined);
