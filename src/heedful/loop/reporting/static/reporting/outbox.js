// Reports that wait on this phone, and their delivery: exactly once, whatever the network does.
import * as store from "./store.js";

const FIELDS = ["state", "problems", "tried"];

export async function add(report, account) {
  await store.put("outbox", report.client_key, { report, account, written: Date.now(), state: "waiting", problems: [] });
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
}

export const waiting = () => store.all("outbox");

// One tab at a time. The server knows the key of each report, so a lost reply costs nothing.
export async function flush(onSent = () => undefined) {
  if (!store.works() || !navigator.onLine || !(await waiting()).length) return;
  const work = () => deliver(onSent);
  if (navigator.locks) await navigator.locks.request("heedful-outbox", work);
  else await work();
}

async function deliver(onSent) {
  const session = await token();
  for (const { id, value } of await waiting()) {
    if (value.state === "attention") continue;
    if (!session || session.account !== value.account) {
      if (session !== undefined) await mark(id, value, { state: "sign-in" });
      continue;
    }
    const reply = await send(value.report, session.token);
    if (reply === undefined) return;
    await settle(id, value, reply, onSent);
    if (reply.status === 401 || reply.status === 403 || reply.status >= 500) return;
  }
}

async function settle(id, value, reply, onSent) {
  const said = await reply.json().catch(() => ({}));
  if (reply.status === 200 || reply.status === 201) {
    await store.remove("outbox", id);
    await store.remove("drafts", id).catch(() => undefined);
    onSent(said);
  } else if (reply.status === 401 || reply.status === 403) {
    await mark(id, value, { state: "sign-in" });
  } else if (reply.status < 500) {
    const problems = (said.problems || []).map((one) => one.text);
    await mark(id, value, { state: "attention", problems: problems.length ? problems : [said.message || String(reply.status)] });
  }
}

// null: nobody is signed in. undefined: no answer at all.
async function token() {
  try {
    const reply = await fetch("/api/record/token", { credentials: "same-origin", headers: { Accept: "application/json" } });
    return reply.ok ? await reply.json() : reply.status === 401 ? null : undefined;
  } catch {
    return undefined;
  }
}

async function send(report, csrf) {
  try {
    return await fetch("/api/record", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(report),
    });
  } catch {
    return undefined;
  }
}

async function mark(id, value, change) {
  const next = { ...value, tried: Date.now() };
  for (const name of FIELDS) if (name in change) next[name] = change[name];
  await store.put("outbox", id, next);
}
