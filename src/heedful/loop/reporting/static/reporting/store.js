// What is kept on this phone: always locked with a key that this browser cannot give away, and gone once it is sent.
const NAME = "heedful";
const TABLES = ["keys", "drafts", "outbox"];

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => TABLES.forEach((table) => asked.result.createObjectStore(table));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function run(table, mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode);
      const asked = work(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(asked && asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

// Two tabs may ask at once: `add` lets one of them win, and both then read the same key.
async function key() {
  const found = await run("keys", "readonly", (keys) => keys.get("lock"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await run("keys", "readwrite", (keys) => keys.add(made, "lock")).catch(() => undefined);
  return run("keys", "readonly", (keys) => keys.get("lock"));
}

async function lock(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), bytes) };
}

async function unlock(locked) {
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: locked.iv }, await key(), locked.data);
  return JSON.parse(new TextDecoder().decode(bytes));
}

export const works = () => Boolean(globalThis.indexedDB && globalThis.crypto && crypto.subtle);

export async function put(table, id, value) {
  const locked = await lock(value);
  await run(table, "readwrite", (rows) => rows.put(locked, id));
}

export async function get(table, id) {
  const locked = await run(table, "readonly", (rows) => rows.get(id));
  return locked && unlock(locked);
}

export async function all(table) {
  const ids = await run(table, "readonly", (rows) => rows.getAllKeys());
  const found = [];
  for (const id of ids) {
    const value = await get(table, id).catch(() => undefined);
    if (value) found.push({ id, value });
  }
  return found;
}

export const remove = (table, id) => run(table, "readwrite", (rows) => rows.delete(id));
