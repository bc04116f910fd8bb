// Counts down to the next codes and fetches them. Without this script the page says how old they are and has a link.
const clock = document.querySelector("[data-demo-clock]");
const words = clock.dataset.demoWords;
const link = clock.querySelector("a");
let ends = Date.now() + Number(clock.dataset.demoClock) * 1000;

function say(left) {
  clock.replaceChildren(words.replace("{n}", String(left)), " ", link);
}

function show(answer) {
  ends = Date.now() + answer.seconds * 1000;
  for (const [key, { code, used }] of Object.entries(answer.codes)) {
    document.querySelector(`[data-demo-code="${key}"]`).textContent = code;
    document.querySelector(`[data-demo-used="${key}"]`).hidden = !used;
  }
}

async function refresh() {
  const response = await fetch(clock.dataset.demoCodes, { headers: { Accept: "application/json" } });
  if (response.ok) show(await response.json());
}

let asking = false;
setInterval(async () => {
  const left = Math.ceil((ends - Date.now()) / 1000);
  if (left > 0) return say(left);
  if (asking) return;
  asking = true;
  await refresh().catch(() => {});
  asking = false;
}, 1000);

// Whoever comes back to this tab has just used a code in the other one.
document.addEventListener("visibilitychange", () => document.hidden || refresh().catch(() => {}));
