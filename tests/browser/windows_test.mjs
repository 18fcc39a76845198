// As people use it: the mouse, a reload in the middle, two windows, a terminal beside it, JavaScript off.
import assert from "node:assert/strict";
import {after, before, beforeEach, afterEach, test} from "node:test";
import {KnowledgeBase, changeId, enter, launch, plainPages, said, watch} from "./support.mjs";

let browser;
let base;
before(async () => { browser = await launch(); });
after(() => browser.close());
beforeEach(async () => {
  base = await KnowledgeBase.make({pages: plainPages()});
  await base.serve();
});
afterEach(() => base.remove());

async function clickApprove(page) {
  if (await page.locator("#approve").count() === 0) return clickAndGo(page, /^Approve( a)?$/);
  await page.locator("#approve summary").click();
  return clickAndGo(page, /^Approve it all the same/);
}

async function clickAndGo(page, name) {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", {name}).click()]);
}

test("the mouse approves rejects edits and undoes", async () => {
  const page = await enter(browser, base);
  const first = await changeId(page);
  await clickApprove(page);
  assert.equal(base.state(first), "approved");
  const second = await changeId(page);
  await page.getByText("Reject", {exact: false}).first().click();
  await page.getByText("not about this entry").click();
  await clickAndGo(page, "Reject it");
  assert.equal(base.state(second), "rejected");
  await clickAndGo(page, /^Undo/);
  assert.equal(base.state(second), "waiting");
  await page.getByText("Edit", {exact: false}).first().click();
  await page.fill("#text", "Pumps are made here.");
  await clickAndGo(page, "Approve my text");
  assert.equal(base.state(second), "approved");
  assert.deepEqual(page.troubles, []);
});

test("a reload and the way back send nothing a second time", async () => {
  const page = await enter(browser, base);
  const first = await changeId(page);
  await clickApprove(page);
  await page.reload();
  await page.reload();
  assert.equal(base.changes("approved").length, 1);
  await page.goBack();
  await page.reload();
  assert.equal(base.changes("approved").length, 1);
  assert.equal(base.revisions("pumps/basel").length, 2);
  assert.equal(base.state(first), "approved");
});

test("two windows at one change decide it once and the second is told", async () => {
  const page = await enter(browser, base);
  const other = await page.context().newPage();
  other.troubles = watch(other, base.origin);
  await other.goto(`${base.origin}/review`);
  const id = await changeId(page);
  assert.equal(await changeId(other), id);
  await clickApprove(page);
  await Promise.all([other.waitForEvent("load"), other.keyboard.press("a")]);
  assert.equal(await said(other), `Change ${id} is approved already, by jane: nothing was decided.`);
  assert.equal(base.revisions("pumps/basel").length, 2);
  assert.equal(base.changes("approved").length, 1);
  assert.notEqual(await changeId(other), id);
  assert.deepEqual([...page.troubles, ...other.troubles], []);
});

test("what the terminal decides meanwhile in the same entry is kept", async () => {
  const page = await enter(browser, base);
  const id = await changeId(page);
  const other = base.changes().find((change) => change.id !== id && change.entry === "pumps/basel").id;
  base.run("review", "approve", String(other), "--kb", base.kb);
  await clickApprove(page);
  assert.equal(base.state(id), "approved");
  assert.equal(base.state(other), "approved");
  assert.equal(base.revisions("pumps/basel").length, 3);
});

test("without JavaScript the token is typed and everything is decided by forms", async () => {
  const page = await enter(browser, base, {javaScriptEnabled: false});
  const first = await changeId(page);
  await clickApprove(page);
  assert.equal(base.state(first), "approved");
  const second = await changeId(page);
  await page.locator("#reject summary").click();
  await page.locator("#reject input[type=radio]").nth(1).check();
  await clickAndGo(page, "Reject it");
  assert.equal(base.state(second), "rejected");
  const third = await changeId(page);
  await page.locator("#edit summary").click();
  await page.fill("#text", "Pumps are made there.");
  await clickAndGo(page, "Approve my text");
  assert.equal(base.state(third), "waiting", "words that no quote has are shown with what speaks against them");
  await clickAndGo(page, "Approve my text");
  assert.equal(base.state(third), "approved");
  await clickAndGo(page, /^Undo/);
  assert.equal(base.state(third), "waiting");
  await page.locator("#move summary").click();
  await page.locator("#move a").first().click();
  await page.waitForURL("**part=**");
  await clickAndGo(page, /^Approve it there/);
  assert.equal(base.state(third), "approved");
  await clickAndGo(page, /^Undo/);
  assert.equal(base.state(third), "waiting");
  assert.equal(await page.locator(".actions kbd:visible").count(), 0, "no keys are named where none work");
});

test("a window without the token sees nothing", async () => {
  const context = await browser.newContext();
  const answer = await context.request.get(`${base.origin}/review`);
  assert.equal(answer.status(), 403);
  assert.equal(await answer.text(), "");
  const page = await context.newPage();
  await page.goto(`${base.address}#wrong`);
  await page.waitForSelector("[role=alert]");
  assert.equal(await page.locator("[role=alert]").innerText(), "This is not the token.");
});

test("a page of another port can neither read nor decide though the browser is signed in", async () => {
  const page = await enter(browser, base);
  const waiting = base.changes().length;
  const foreign = await page.context().newPage();
  const port = base.web.address().port;
  await foreign.goto(`http://127.0.0.1:${port}/Basel`);
  const tried = await foreign.evaluate(async (origin) => {
    const outcomes = [];
    for (const init of [{credentials: "include"}, {credentials: "include", mode: "no-cors"},
                        {method: "POST", credentials: "include", mode: "no-cors", body: new URLSearchParams({id: "1", do: "approve"})}]) {
      try {
        const answer = await fetch(`${origin}/review`, init);
        outcomes.push(answer.type === "opaque" ? "" : await answer.text());
      } catch {
        outcomes.push("");
      }
    }
    const frame = document.createElement("iframe");
    frame.src = `${origin}/review`;
    document.body.append(frame);
    await new Promise((loaded) => { frame.onload = loaded; setTimeout(loaded, 3000); });
    try { outcomes.push(frame.contentDocument ? frame.contentDocument.body.innerText : ""); } catch { outcomes.push(""); }
    return outcomes;
  }, base.origin);
  assert.deepEqual(tried, ["", "", "", ""]);
  assert.equal(base.changes().length, waiting);
});
