// On every page: what waits on this phone is sent when it can be, and nobody signs out without knowing of it.
import * as outbox from "./outbox.js";
import * as store from "./store.js";
import { tryNow } from "./strips.js";

// The page of the form asks again, and says what becomes of the report.
async function ask(event) {
  event.preventDefault();
  const form = event.target;
  const rows = await outbox.waiting().catch(() => []);
  if (rows.length) location.assign(form.action);
  else form.submit();
}

if (store.works()) {
  for (const form of document.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", ask);
  tryNow();
}
