// Keys for what the page can do anyway: each key presses the link, button or panel that names it in data-key.
"use strict";
(() => {
  document.documentElement.classList.add("scripts");
  let leaving = false;

  const isTyping = (element) => element instanceof Element && element.closest("input:not([type=radio], [type=checkbox]), textarea, select") !== null;
  const isShown = (element) => element.getClientRects().length > 0;
  const openPanel = () => document.querySelector("details.panel[open]");

  function closePanel(panel) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }

  function openOnly(panel) {
    for (const other of document.querySelectorAll("details.panel[open]")) if (other !== panel) other.open = false;
    panel.open = true;
    const field = panel.querySelector("textarea, input:not([type=hidden], [type=checkbox]), .group");
    if (!field) return;
    // The cursor first: taking the focus brings it into view.
    if (field instanceof HTMLTextAreaElement) {
      const at = Math.max(field.dataset.cursorAt ? field.value.indexOf(field.dataset.cursorAt) : 0, 0);
      field.setSelectionRange(at, at);
    }
    field.focus();
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

  // Arrow keys go through a list of links, as Tab does, and from wherever the focus is into it.
  function walk(step) {
    const links = [...document.querySelectorAll("[data-walk] a")].filter(isShown);
    if (links.length === 0) return false;
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
    links[Math.min(Math.max(next, 0), links.length - 1)].focus();
    return true;
  }

  // A key of an open panel: a reason rejects with it, a box changes, a button is pressed.
  function choose(panel, key) {
    const choice = [...panel.querySelectorAll("[data-choice]")].find((element) => element.dataset.choice === key);
    if (!choice) return false;
    if (choice instanceof HTMLInputElement && choice.type === "radio") {
      choice.checked = true;
      const button = panel.querySelector("button");
      button.form.requestSubmit(button);
    } else {
      choice.click();
    }
    return true;
  }

  // A key that does nothing here is not silent, and "?" tells the keys where the page has no list of them.
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.setAttribute("role", "status");
  hint.hidden = true;
  document.body.append(hint);
  const isHinted = () => !hint.hidden;
  function tell(...parts) {
    hint.replaceChildren(...parts);
    hint.hidden = false;
  }

  const withKey = (key, name) => [...document.querySelectorAll(`[data-${name}]`)].find((element) => element.dataset[name] === key && isShown(element));

  // What an element with a key is called. A field has no text of its own.
  function labelOf(element) {
    if (element instanceof HTMLInputElement) return element.title || element.placeholder;
    const copy = element.cloneNode(true);
    for (const part of copy.querySelectorAll("kbd, .count")) part.remove();
    return copy.textContent.trim();
  }

  function tellKeys() {
    const list = document.createElement("dl");
    for (const element of document.querySelectorAll("[data-key]")) {
      if (!isShown(element)) continue;
      const key = document.createElement("kbd");
      key.textContent = element.dataset.key;
      const term = document.createElement("dt");
      term.append(key);
      const meaning = document.createElement("dd");
      meaning.textContent = labelOf(element);
      list.append(term, meaning);
    }
    tell("Keys of this page; Esc closes this", list);
  }

  // A button that is off has its key in data-off, and why in data-why.
  function tellNothingToDo(key) {
    const off = withKey(key, "off");
    tell(off ? `“${key}”: ${off.dataset.why}` : `“${key}” has nothing to do here; “?” tells the keys of this page`);
  }

  // Out of what is open, the last first; else back to where this page was opened from.
  function escape(target) {
    const panel = openPanel();
    const list = document.querySelector("details.keys[open] > summary");
    if (isHinted()) hint.hidden = true;
    else if (panel) closePanel(panel);
    else if (isTyping(target)) target.blur();
    else if (list) press(list);
    else document.querySelector("a[data-escape]")?.click();
  }

  // A text that came back with what speaks against it is gone on with.
  const cameBack = openPanel();
  if (cameBack) openOnly(cameBack);

  document.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || leaving) return;
    if (event.key === "Escape") {
      if (!event.repeat) escape(event.target);
      return;
    }
    const panel = openPanel();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target instanceof HTMLTextAreaElement) {
      const button = event.target.form.querySelector("button");
      event.preventDefault();
      event.target.form.requestSubmit(button);
      return;
    }
    hint.hidden = true;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && !panel && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target)) {
      if (walk(step)) event.preventDefault();
      return;
    }
    // A key that is held down decides once, not once for every change that comes.
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    // Where a panel asks, only its own keys answer.
    if (panel) {
      const ownWords = panel.querySelector("[data-own-words]");
      if (choose(panel, event.key)) event.preventDefault();
      else if (ownWords && event.key.length === 1) {
        // A letter begins words of one's own; a space alone would only tick a reason.
        if (event.key === " ") event.preventDefault();
        else ownWords.focus();
      } else if (panel.querySelector("summary").dataset.key === event.key) closePanel(panel);
      return;
    }
    if (event.key.length !== 1) return;
    const key = event.key === "g" ? "/" : event.key;
    const element = withKey(key, "key");
    if (element) {
      event.preventDefault();
      press(element);
    } else if (key === "?") {
      tellKeys();
    } else if (/^[a-zA-Z]$/.test(key)) {
      tellNothingToDo(key);
    }
  });
})();
