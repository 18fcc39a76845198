// Keys for what the page can do anyway: each key presses the link, button or panel that names it in data-key.
"use strict";
(() => {
  document.documentElement.classList.add("scripts");
  let leaving = false;

  const isTyping = (element) => element instanceof Element && element.closest("input:not([type=radio]), textarea, select") !== null;
  const isShown = (element) => element.getClientRects().length > 0;
  const openPanel = () => document.querySelector("details.panel[open]");

  function closePanel(panel) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }

  function openOnly(panel) {
    for (const other of document.querySelectorAll("details.panel[open]")) if (other !== panel) other.open = false;
    panel.open = true;
    const field = panel.querySelector("textarea, input:not([type=hidden])");
    if (!field) return;
    field.focus();
    if (field instanceof HTMLTextAreaElement) field.setSelectionRange(0, 0);
  }

  function press(element) {
    if (element instanceof HTMLInputElement) {
      element.focus();
      element.select();
    } else if (element.tagName === "SUMMARY") {
      const details = element.parentElement;
      if (details.open && details.classList.contains("panel")) closePanel(details);
      else if (details.classList.contains("panel")) openOnly(details);
      else if (details.open) {
        details.open = false;
        window.scrollTo({top: Number(details.dataset.from ?? 0)});
      } else {
        details.dataset.from = String(window.scrollY);
        details.open = true;
        details.scrollIntoView({block: "nearest"});
      }
    } else {
      element.click();
    }
  }

  // A key of an open panel: a reason rejects with it, a button is pressed.
  function choose(panel, key) {
    const choice = [...panel.querySelectorAll("[data-choice]")].find((element) => element.dataset.choice === key);
    if (!choice) return false;
    if (choice instanceof HTMLInputElement) {
      choice.checked = true;
      const button = panel.querySelector("button");
      button.form.requestSubmit(button);
    } else {
      choice.click();
    }
    return true;
  }

  // A key that is one elsewhere is not silent where it is none.
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.setAttribute("role", "status");
  hint.hidden = true;
  document.body.append(hint);
  function tellNothingToDo(key) {
    const keys = [...document.querySelectorAll("[data-key]")].filter(isShown).map((element) => element.dataset.key);
    hint.textContent = (key === "?" ? "Keys of this page: " : `“${key}” has nothing to do here; keys of this page: `) + keys.join(" ");
    hint.hidden = false;
  }

  // A text that came back with what speaks against it is gone on with.
  const cameBack = openPanel();
  if (cameBack) openOnly(cameBack);

  document.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || leaving) return;
    const panel = openPanel();
    if (event.key === "Escape") {
      if (panel) closePanel(panel);
      else if (isTyping(event.target)) event.target.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target instanceof HTMLTextAreaElement) {
      const button = event.target.form.querySelector("button");
      event.preventDefault();
      event.target.form.requestSubmit(button);
      return;
    }
    hint.hidden = true;
    // A key that is held down decides once, not once for every change that comes.
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    // Where a panel asks, only its own keys answer.
    if (panel) {
      if (choose(panel, event.key)) event.preventDefault();
      else if (panel.querySelector("summary").dataset.key === event.key) closePanel(panel);
      return;
    }
    if (event.key.length !== 1) return;
    const key = event.key === "g" ? "/" : event.key;
    for (const element of document.querySelectorAll("[data-key]")) {
      if (element.dataset.key !== key || !isShown(element)) continue;
      event.preventDefault();
      press(element);
      return;
    }
    if (/^[a-zA-Z?]$/.test(key)) tellNothingToDo(key);
  });
})();
