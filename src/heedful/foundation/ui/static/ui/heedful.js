// Starts the GOV.UK components and adds small niceties. Every page works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  PasswordInput,
  SkipLink,
  createAll,
} from "../vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, SkipLink]) {
  createAll(component);
}

// Questions under an answer. GOV.UK's own script marks radios with aria-expanded, which ARIA does not allow on a radio.
function revealAnswers(group) {
  for (const radio of group.querySelectorAll("input[type=radio][data-aria-controls]")) {
    const under = document.getElementById(radio.dataset.ariaControls);
    radio.setAttribute("aria-controls", under.id);
    under.classList.toggle("govuk-radios__conditional--hidden", !radio.checked);
  }
}
for (const group of document.querySelectorAll('[data-module="govuk-radios"]')) {
  group.addEventListener("change", () => revealAnswers(group));
  revealAnswers(group);
}
// A browser that goes back restores answers after this script has run.
window.addEventListener("pageshow", () => {
  document.querySelectorAll('[data-module="govuk-radios"]').forEach(revealAnswers);
});

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
