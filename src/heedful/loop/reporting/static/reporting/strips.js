// The two bands under the header: no signal, and how many reports wait on this phone.
import * as outbox from "./outbox.js";
import * as store from "./store.js";

export async function show() {
  const signal = document.querySelector("[data-no-signal]");
  if (signal) signal.hidden = navigator.onLine;
  const strip = document.querySelector("[data-unsent]");
  if (!strip || !store.works()) return;
  const rows = await outbox.waiting();
  strip.hidden = rows.length === 0;
  if (!rows.length) return;
  const count = strip.querySelector("[data-count]");
  count.textContent = rows.length === 1 ? strip.dataset.one : strip.dataset.many.replace("{n}", rows.length);
  const states = new Set(rows.map((row) => row.value.state));
  const why = states.has("attention") ? strip.dataset.attention : states.has("sign-in") ? strip.dataset.signIn : "";
  strip.querySelector("[data-why]").textContent = why;
}

// Deliver what waits; then show how it stands. `after` runs whether something was sent or not.
export const tryNow = (onSent, after = () => undefined) =>
  outbox.flush(onSent).catch(() => undefined).then(show).then(after);

// Phones have no reliable background delivery: so on loading, when the signal is back, and when the page is shown.
export function keepTrying(onSent, after) {
  const go = () => tryNow(onSent, after);
  window.addEventListener("online", go);
  window.addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && go());
  return go();
}
