// Starts the GOV.UK components, and adds two small niceties. Every page works without it.
import { initAll } from "../vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A menu in the header closes on Escape and when the reader goes elsewhere.
const menus = [...document.querySelectorAll("details.hf-menu")];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus.filter((one) => one.open)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});

// A link to something inside a closed <details> opens it first.
function openAround(hash) {
  const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}
window.addEventListener("hashchange", () => openAround(location.hash));
openAround(location.hash);
