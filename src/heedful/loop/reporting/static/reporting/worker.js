// Serves the one page that works without signal. It keeps that page and its files, and nothing that anybody wrote.
const KEPT = "heedful-phone-1";
const SHELL = "/report/phone/";
const FILES = [
  "/static/vendor/heedful.css",
  "/static/vendor/govuk-frontend.min.js",
  "/static/ui/heedful.js",
  "/static/ui/mark.svg",
  "/static/reporting/phone.js",
  "/static/reporting/report.js",
  "/static/reporting/strips.js",
  "/static/reporting/outbox.js",
  "/static/reporting/store.js",
];

async function keep(request) {
  const reply = await fetch(request, { credentials: "same-origin" });
  // Signed out, the shell leads to the sign-in page: that one is not kept.
  if (reply.ok && !reply.redirected) await (await caches.open(KEPT)).put(request, reply.clone());
  return reply;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.allSettled([SHELL, ...FILES].map(keep)));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((one) => one !== KEPT).map((one) => caches.delete(one))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const asked = path === SHELL ? keep(SHELL) : fetch(request);
    event.respondWith(asked.catch(() => caches.match(SHELL).then((shell) => shell || Response.error())));
  } else if (FILES.includes(path)) {
    event.respondWith(keep(path).catch(() => caches.match(path).then((file) => file || Response.error())));
  }
});
