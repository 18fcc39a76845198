// A reviewer who knows nothing of the program clears the demonstration with the keyboard alone: what is pressed is looked up in what is
// shown, by its words.
import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {KnowledgeBase, enter, launch, pressAndGo, said} from "./support.mjs";

let browser;
let base;
before(async () => {
  browser = await launch();
  base = await KnowledgeBase.makeDemo();
  await base.serve();
});
after(async () => {
  await browser.close();
  await base.remove();
});

// The key that stands beside words on a button or link that is seen: among what can be decided, or in the panel that asks.
async function keyBeside(page, words) {
  const found = await page.evaluate((wanted) => [...document.querySelectorAll(".actions button, .actions summary, .actions a, .actions label")]
    .filter((element) => element.checkVisibility() && element.querySelector("kbd"))
    .map((element) => ({key: element.querySelector("kbd").innerText.trim(), words: element.innerText.replace(/\s+/g, " ").trim()}))
    .find(({key, words}) => words.startsWith(wanted) || words.startsWith(`${key} ${wanted}`)), words);
  assert.ok(found, `a key for "${words}" stands on the screen: ${await page.locator(".actions").innerText()}`);
  return found.key;
}
const press = async (page, words) => page.keyboard.press(await keyBeside(page, words));
const go = async (page, words) => pressAndGo(page, await keyBeside(page, words));
const changeOnScreen = async (page) => Number((await page.locator(".where").innerText()).match(/Change (\d+)/)[1]);
const isFlagged = async (page) => await page.locator("#approve summary").count() > 0;

async function approve(page) {
  if (!await isFlagged(page)) return go(page, "Approve");
  await press(page, "Approve");
  return go(page, "Approve it all the same");
}
// Leaps from field to field as people without a mouse do.
async function tabTo(page, id) {
  for (let i = 0; i < 20; ++i) {
    if (await page.evaluate(() => document.activeElement.id) === id) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab leads to ${id}`);
}

test("twenty changes of the demonstration are cleared with keys that stand on the screen", async () => {
  const page = await enter(browser, base, {viewport: {width: 1200, height: 900}});
  const all = base.changes().length;
  const decided = new Map();
  const own = "The port says so on its own page.";
  let steps = 0;
  while (decided.size < 24) {
    assert.ok(++steps < 60, "it goes on");
    const id = await changeOnScreen(page);
    assert.ok(!decided.has(id), `${id} is not shown again`);
    switch (steps % 8) {
      case 2:
        await press(page, "Reject");
        await go(page, "not news");
        assert.match(await said(page), /rejected/);
        decided.set(id, {state: "rejected", verdict: "reject", reason: "not news"});
        break;
      case 4:
        await press(page, "Reject");
        await tabTo(page, "own-reason");
        await page.keyboard.type("we know that since März");
        await pressAndGo(page, "Enter");
        decided.set(id, {state: "rejected", verdict: "reject", reason: "we know that since März"});
        break;
      case 5:
        await press(page, "Edit");
        await page.keyboard.press("Control+a");
        await page.keyboard.type(own);
        assert.match(await page.locator("#edit").innerText(), /Ctrl\+Enter approves/);
        await pressAndGo(page, "Control+Enter");
        if (await page.getByText("Something speaks against your text").count() > 0) await pressAndGo(page, "Control+Enter");
        decided.set(id, {state: "approved", verdict: "edit", text: own});
        break;
      case 6: {
        await go(page, "Skip");
        assert.notEqual(await changeOnScreen(page), id);
        await go(page, "Back");
        assert.equal(await changeOnScreen(page), id);
        await press(page, "Reject");
        await page.keyboard.press("Escape");
        assert.equal(base.state(id), "waiting");
        break;
      }
      case 7:
        await approve(page);
        await go(page, "Undo");
        assert.equal(await changeOnScreen(page), id);
        assert.equal(base.state(id), "waiting");
        break;
      default:
        await approve(page);
        assert.match(await said(page), /approved/);
        decided.set(id, {state: "approved", verdict: "approve"});
    }
  }
  assert.equal(base.changes().length, all - decided.size);
  assert.equal(base.changes("approved").length + base.changes("rejected").length, decided.size);
  const shown = JSON.parse(base.run("review", "show", ...[...decided.keys()].map(String), "--json", "--kb", base.kb)).changes;
  for (const change of shown) {
    const {state, verdict, reason = "", text = ""} = decided.get(change.id);
    const last = change.decisions.at(-1);
    assert.deepEqual({state: change.state, verdict: last.verdict, reason: last.reason, text: last.text}, {state, verdict, reason, text}, `${change.id}`);
  }
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});
