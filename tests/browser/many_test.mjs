// Many changes and entries by the keyboard: what goes together, filters, lists.
import assert from "node:assert/strict";
import {after, afterEach, before, beforeEach, test} from "node:test";
import {KnowledgeBase, changeId, enter, launch, plainPages, pressAndGo, said} from "./support.mjs";

let browser;
let base;
let page;
before(async () => { browser = await launch(); });
after(() => browser.close());
beforeEach(async () => {
  base = await KnowledgeBase.make({pages: plainPages()});
  await base.serve();
  page = await enter(browser, base);
});
afterEach(async () => {
  assert.deepEqual(page.troubles, []);
  await page.context().close();
  await base.remove();
});

test("all unflagged of an entry go with one key and come back with one", async () => {
  const unflagged = base.changes().filter((change) => change.entry === "pumps/basel" && change.flags.length === 0);
  await page.keyboard.press("A");
  assert.equal(base.changes("approved").length, 0, "they are shown first");
  assert.equal(await page.locator("#unflagged input[type=checkbox]:visible").count(), unflagged.length);
  await pressAndGo(page, "y");
  assert.match(await said(page), /unflagged changes of pumps\/basel approved/);
  const approved = base.changes("approved").length;
  assert.ok(approved >= 2);
  assert.ok(base.changes().every((change) => change.entry !== "pumps/basel" || change.flags.length > 0));
  await pressAndGo(page, "u");
  assert.equal(base.changes("approved").length, 0);
});

test("one of a group is left out by its digit and the button stays in view", async () => {
  const unflagged = base.changes().filter((change) => change.entry === "pumps/basel" && change.flags.length === 0);
  const flagged = base.changes().filter((change) => change.entry === "pumps/basel" && change.flags.length > 0);
  await page.setViewportSize({width: 900, height: 480});
  await page.keyboard.press("A");
  const list = await page.locator(".group").innerText();
  assert.ok(!/\*\*|\]\(|## |http/.test(list), list);
  for (const change of flagged) assert.match(list, new RegExp(`change ${change.id}, flagged: `));
  const button = await page.getByRole("button", {name: /Approve these/}).boundingBox();
  assert.ok(button.y + button.height <= 480, `the button ends at ${button.y + button.height}`);
  assert.ok(await page.locator(".group").evaluate((group) => group === document.activeElement), "arrow keys scroll it");
  await page.keyboard.press("2");
  assert.equal(await page.locator(".group input:checked").count(), unflagged.length - 1);
  await page.keyboard.press("2");
  assert.equal(await page.locator(".group input:checked").count(), unflagged.length);
  await page.keyboard.press("2");
  await pressAndGo(page, "y");
  assert.equal(base.changes("approved").length, unflagged.length - 1);
  assert.equal(base.state(unflagged[1].id), "waiting");
  assert.equal(await changeId(page), unflagged[1].id, "what was left out comes next");
});

test("one key filters for the flagged ones and one leads back to all", async () => {
  const all = base.changes();
  const flagged = all.filter((change) => change.flags.length > 0).length;
  assert.ok(flagged > 0 && flagged < all.length);
  await pressAndGo(page, "F");
  assert.match((await page.locator(".position").innerText()).replace(/\s+/g, " "), new RegExp(` of ${flagged} left only flagged \\(all W\\)`));
  await pressAndGo(page, "W");
  assert.match(await page.locator(".position span").first().innerText(), new RegExp(` of ${all.length} left`));
  await pressAndGo(page, "f");
  await pressAndGo(page, "F");
  assert.match(await page.locator("main").innerText(), new RegExp(`${flagged} changes? waits?, ${flagged} flagged`));
  await pressAndGo(page, "W");
  assert.match(await page.locator("main").innerText(), new RegExp(`${all.length} changes wait`));
});

test("arrow keys go through the entries and the queue", async () => {
  await page.goto(`${base.origin}/entries/pumps`);
  const links = await page.locator("[data-walk] a").allInnerTexts();
  assert.ok(links.length >= 6);
  const focused = () => page.evaluate(() => document.activeElement.innerText);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), links[0]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), links[2]);
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(), links[1]);
  await pressAndGo(page, "Enter");
  assert.match(page.url(), /\/entry\/pumps\//);
  await page.goto(`${base.origin}/queue`);
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(), (await page.locator("[data-walk] a").allInnerTexts()).at(-1));
  await page.locator("#words").focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.id), "words", "a field keeps its arrow keys");
});
