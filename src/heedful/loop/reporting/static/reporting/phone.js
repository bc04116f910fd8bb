// The page that works without signal: one form, an outbox, and what waits in it.
import * as outbox from "./outbox.js";
import * as store from "./store.js";
import { keepTrying, tryNow } from "./strips.js";

const form = document.querySelector("[data-phone-form]");
const problems = document.querySelector("[data-problems]");
const queue = document.querySelector("[data-queue]");
const items = queue.querySelector("[data-items]");
const short = new Set(form.dataset.short.split(" "));
const WHOLE = ["safe_now", "harm_body", "harm_mind", "met_safeguarding", "met_clinical", "met_family"];
let key = crypto.randomUUID();
let timer;

const kinds = () => [...form.querySelectorAll("[name=kinds]:checked")].map((box) => box.value);
const isShort = () => kinds().length > 0 && kinds().every((kind) => short.has(kind));
const picked = (name) => (form.querySelector(`[name=${name}]:checked`) || {}).value || "";
const field = (name) => form.elements[name];

function toggle() {
  form.querySelector("[data-full]").hidden = isShort();
}

function answers() {
  const values = { kinds: kinds(), confidential: picked("confidential") };
  for (const name of ["words", "when", "service", "place", "made_safe"]) values[name] = field(name).value;
  for (const name of WHOLE) values[name] = picked(name);
  return values;
}

function fill(values) {
  for (const name of ["words", "when", "service", "place", "made_safe"]) if (values[name]) field(name).value = values[name];
  for (const name of [...WHOLE, "confidential"]) {
    const choice = form.querySelector(`[name=${name}][value="${values[name]}"]`);
    if (choice) choice.checked = true;
  }
  for (const box of form.querySelectorAll("[name=kinds]")) box.checked = (values.kinds || []).includes(box.value);
  toggle();
}

function missing(values) {
  const asked = ["words", "when", "confidential", ...(isShort() ? [] : WHOLE)];
  const open = asked.filter((name) => !values[name].trim());
  if (!values.kinds.length) open.splice(1, 0, "kinds");
  if (!isShort() && values.safe_now === "yes" && !values.made_safe.trim()) open.push("made_safe");
  return open;
}

function tell(open) {
  const list = problems.querySelector("ul");
  list.replaceChildren(
    ...open.map((name) => {
      const control = form.querySelector(`[name=${name}][data-missing]`) || field(name);
      const link = document.createElement("a");
      link.href = `#${control.id}`;
      link.textContent = control.dataset.missing || form.querySelector(`label[for=${control.id}]`).textContent;
      link.addEventListener("click", (event) => (event.preventDefault(), control.focus()));
      const line = document.createElement("li");
      line.append(link);
      return line;
    }),
  );
  problems.hidden = open.length === 0;
  if (open.length) problems.focus();
}

function report(values) {
  const then = new Date(values.when).toISOString();
  const body = { client_key: key, form_version: form.dataset.formVersion, service: values.service, words: values.words };
  body.kinds = values.kinds;
  body.occurred = { from: then, to: then, as: "about" };
  body.aware_at = then;
  body.place = values.place;
  body.confidential = values.confidential === "confidential";
  if (!isShort()) for (const name of WHOLE) body[name] = values[name];
  if (!isShort() && values.safe_now === "yes") body.made_safe = values.made_safe;
  return body;
}

async function send(event) {
  event.preventDefault();
  const values = answers();
  const open = missing(values);
  tell(open);
  if (open.length) return;
  await outbox.add(report(values), form.dataset.account);
  await store.remove("drafts", "phone/form");
  form.reset();
  form.querySelector("[data-saved]").hidden = true;
  key = crypto.randomUUID();
  now();
  await list();
  await tryNow(sent, list);
}

function sent(said) {
  const box = document.querySelector("[data-sent]");
  box.hidden = false;
  box.querySelector("a").href = said.receipt;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "hf-link-button";
  made.textContent = text;
  made.addEventListener("click", () => act(made));
  return made;
}

async function list() {
  const rows = await outbox.waiting();
  queue.hidden = rows.length === 0;
  const words = { waiting: items.dataset.waits, "sign-in": items.dataset.signIn, attention: items.dataset.attention };
  items.replaceChildren(
    ...rows.map(({ id, value }) => {
      const line = document.createElement("li");
      const said = words[value.state].replace("{when}", new Date(value.written).toLocaleString(document.documentElement.lang));
      line.append(said + (value.state === "attention" ? value.problems.join(" ") : ""), " ");
      line.append(button(items.dataset.copy, (made) => navigator.clipboard.writeText(value.report.words).then(() => (made.textContent = items.dataset.copied))));
      if (value.state === "attention") line.append(" ", button(items.dataset.mend, () => mend(id, value)));
      return line;
    }),
  );
}

// A mended report is another report: it gets a new key, and the old one leaves the outbox when the new one is kept.
async function mend(id, value) {
  const body = value.report;
  fill({ ...body, when: local(new Date(body.occurred.from)), confidential: body.confidential ? "confidential" : "named" });
  await store.put("drafts", "phone/form", answers());
  await store.remove("outbox", id);
  await list();
  field("words").focus();
}

function local(moment) {
  return new Date(moment - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function now() {
  field("when").value = local(new Date());
}

async function start() {
  form.hidden = false;
  now();
  const held = await store.get("drafts", "phone/form").catch(() => undefined);
  if (held) fill(held);
  const from = decodeURIComponent(location.hash.slice(1));
  const begun = from.endsWith("/words") && (await store.get("drafts", from).catch(() => undefined));
  if (begun) {
    field("words").value = begun.words;
    await store.remove("drafts", from);
  }
  toggle();
  form.addEventListener("input", () => {
    toggle();
    clearTimeout(timer);
    timer = setTimeout(() => store.put("drafts", "phone/form", answers()).then(() => (form.querySelector("[data-saved]").hidden = false)), 300);
  });
  form.addEventListener("submit", send);
  queue.querySelector("[data-try-now]").addEventListener("click", () => tryNow(sent, list));
  await list();
  await keepTrying(sent, list);
}

if (store.works()) start();
