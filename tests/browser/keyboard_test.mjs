// The review with the keyboard alone.
import assert from "node:assert/strict";
import {after, before, beforeEach, afterEach, test} from "node:test";
import {KnowledgeBase, approve, changeId, enter, heading, launch, plainPages, pressAndGo, said} from "./support.mjs";

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

test("the token goes out of the address at once", async () => {
  assert.ok(!page.url().includes(base.token));
  await page.goBack().catch(() => {});
  assert.ok(!page.url().includes(base.token));
});

test("twenty changes are cleared with keys that stand on the screen", async () => {
  const all = base.changes().length;
  assert.ok(all >= 20, `${all} changes wait`);
  for (const key of ["Approve a", "Reject r", "Edit e", "Skip s", "Back b"])
    assert.ok((await page.locator(".actions").innerText()).replace(/\s+/g, " ").includes(key), key);
  for (let i = 0; i < 20; ++i) {
    if (i % 4 !== 3) {
      await approve(page);
      assert.match(await said(page), /^Change \d+ is approved\.$/);
    } else {
      await page.keyboard.press("r");
      await pressAndGo(page, "1");
      assert.match(await said(page), /^Change \d+ is rejected\.$/);
    }
  }
  assert.equal(base.changes().length, all - 20);
  assert.equal(base.changes("approved").length, 15);
  assert.equal(base.changes("rejected").length, 5);
});

// What a flag is called where its name is not told.
async function labelOf(flag) {
  await page.goto(`${base.origin}/queue`);
  return (await page.locator(`option[value="${flag}"]`).innerText()).replace(/ \(\d+\)$/, "");
}

test("a flagged change asks once more", async () => {
  const flagged = base.changes().find((change) => change.flags.length > 0);
  assert.ok(flagged, "one is flagged");
  const label = await labelOf(flagged.flags[0].name);
  assert.notEqual(label, flagged.flags[0].name);
  await page.goto(`${base.origin}/review?at=${flagged.id}`);
  await page.keyboard.press("a");
  assert.match(await page.locator("#approve form").innerText(), new RegExp(`flagged: .*${label}`));
  await page.keyboard.press("Escape");
  await page.keyboard.press("y");
  assert.equal(base.state(flagged.id), "waiting");
  await page.keyboard.press("a");
  await pressAndGo(page, "y");
  assert.equal(base.state(flagged.id), "approved");
});

test("Enter decides nothing and a key that is held down decides once", async () => {
  const waiting = base.changes().length;
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  assert.equal(base.changes().length, waiting);
  await page.keyboard.down("a");
  await page.waitForURL("**note=decided**");
  for (let i = 0; i < 20; ++i) await page.keyboard.down("a");  // Playwright marks these as repeated
  await page.keyboard.up("a");
  assert.equal(base.changes().length, waiting - 1);
});

test("reject takes a reason in the person's words and Escape takes nothing", async () => {
  const id = await changeId(page);
  await page.keyboard.press("r");
  await page.keyboard.press("Escape");
  assert.equal(base.state(id), "waiting");
  await page.keyboard.press("r");
  await page.locator("#own-reason").focus();
  await page.keyboard.type("a sad 1 of all");
  await pressAndGo(page, "Enter");
  assert.equal(base.state(id), "rejected");
  await page.goto(`${base.origin}/review?at=${id}`);
  assert.match(await page.locator("main").innerText(), /a sad 1 of all/);
});

test("edit approves what was written with Control and Enter", async () => {
  const id = await changeId(page);
  await page.keyboard.press("e");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Pumpwerk Basel makes pumps.");
  await pressAndGo(page, "Control+Enter");
  assert.equal(base.state(id), "approved");
  assert.equal(await said(page), `Change ${id} is approved with your text, checked against its quotes.`);
  await page.goto(`${base.origin}/entry/pumps/basel`);
  assert.match(await page.locator(".entry").innerText(), /Pumpwerk Basel makes pumps\./);
});

test("skip back and undo lead where they say", async () => {
  const first = await changeId(page);
  await pressAndGo(page, "s");
  const second = await changeId(page);
  assert.notEqual(first, second);
  assert.equal(await said(page), `Change ${first} waits.`);
  await pressAndGo(page, "b");
  assert.equal(await changeId(page), first);
  await approve(page);
  await approve(page);
  await pressAndGo(page, "u");
  assert.equal(await said(page), `Undone: change ${second} is waiting.`);
  assert.equal(await changeId(page), second);
  await pressAndGo(page, "u");
  assert.equal(await changeId(page), first);
  assert.equal(base.state(first), "waiting");
});

test("words that are typed after r are a reason of one's own and press nothing", async () => {
  const id = await changeId(page);
  await page.keyboard.press("r");
  await page.keyboard.press("Space");
  await page.keyboard.type("rumour, unsure and false 1");
  assert.equal(await page.locator("#own-reason").inputValue(), "rumour, unsure and false 1");
  assert.equal(await page.locator("#reject input[type=radio]:checked").count(), 0);
  assert.equal(base.state(id), "waiting");
  await pressAndGo(page, "Enter");
  assert.equal(base.state(id), "rejected");
  await pressAndGo(page, "u");
  assert.equal(base.state(id), "waiting");
});

test("a change is moved to another part with keys shown there first and taken back", async () => {
  const id = await changeId(page);
  await page.keyboard.press("m");
  assert.match(await page.locator("#move").innerText(), /To which part of pumps\/basel\?/);
  const part = (await page.locator("#move [data-choice='1']").innerText()).replace(/\s*1$/, "");
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  await page.keyboard.press("y");
  assert.equal(base.state(id), "waiting");
  await page.keyboard.press("m");
  await pressAndGo(page, "1");
  assert.equal(await changeId(page), id);
  assert.match(await page.locator("#move form").innerText(), new RegExp(`Under ${part} it would stand so`));
  assert.match(await page.locator("#move form .difference").innerText(), /Pumpwerk Basel/);
  assert.equal(base.state(id), "waiting");
  await pressAndGo(page, "2");
  assert.doesNotMatch(await page.locator("#move form").innerText(), new RegExp(`Under ${part} it`));
  await pressAndGo(page, "1");
  await pressAndGo(page, "y");
  assert.ok((await said(page)).startsWith(`Change ${id} is approved under “${part}”`));
  assert.equal(base.state(id), "approved");
  await pressAndGo(page, "u");
  assert.equal(base.state(id), "waiting");
});

test("search go to and the queue are reached by keys", async () => {
  await page.keyboard.press("/");
  await page.keyboard.type("chur");
  await pressAndGo(page, "Enter");
  assert.match(page.url(), /\/queue\?words=chur$/);
  await pressAndGo(page, "s");
  assert.match(await heading(page), /pumps\/chur/);
  await page.keyboard.press("g");
  await page.keyboard.type("3");
  await pressAndGo(page, "Enter");
  assert.match(page.url(), /at=3&words=chur$/, "the filter is kept");
  await pressAndGo(page, "f");
  assert.equal(await heading(page), "Queue");
});

test("the entry and the snapshot are one key away and lead back", async () => {
  const id = await changeId(page);
  await pressAndGo(page, "p");
  assert.ok(await page.locator("#changed").isVisible());
  assert.equal(await page.evaluate(() => document.activeElement.id), "changed");
  await pressAndGo(page, "b");
  assert.equal(await changeId(page), id);
  const quoted = await page.locator(".quote mark").first().innerText();
  await pressAndGo(page, "v");
  assert.equal(await page.locator("#quote").innerText(), quoted);
  await pressAndGo(page, "b");
  assert.equal(await changeId(page), id);
});

test("never again asks for what and only its own keys answer meanwhile", async () => {
  const id = await changeId(page);
  const kind = base.changes().find((change) => change.id === id).kind;
  await page.keyboard.press("n");
  assert.ok(await page.getByRole("button", {name: /Any change of the kind/}).isVisible());
  await page.keyboard.press("a");  // approves nothing while the panel asks
  assert.equal(base.state(id), "waiting");
  await pressAndGo(page, "k");
  assert.equal(base.state(id), "rejected");
  assert.ok(base.changes().every((change) => change.entry !== "pumps/basel" || change.kind !== kind));
  await pressAndGo(page, "u");
  assert.equal(base.state(id), "waiting");
});

test("a text that comes back with what speaks against it has the cursor", async () => {
  await page.keyboard.press("e");
  await page.fill("#text", "It has 4,711 employees.");
  await pressAndGo(page, "Control+Enter");
  assert.ok(await page.getByText("Something speaks against your text").isVisible());
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
  await pressAndGo(page, "Control+Enter");
  assert.match(await said(page), /^Change \d+ is approved with your text, though it is flagged: .*number not in the quote.*\.$/);
});

test("a key that does nothing on this page says so", async () => {
  await page.keyboard.press("c");
  assert.equal(await page.locator(".hint").innerText(), "“c” has nothing to do here; “?” tells the keys of this page");
  await page.keyboard.press("x");
  assert.equal(await page.locator(".hint").innerText(), "“x”: nothing to split: a new text is split into its paragraphs and items, and this is one; e edits it");
  await page.keyboard.press("b");
  assert.equal(await page.locator(".hint").innerText(), "“b”: this is the first one");
  await page.keyboard.press("u");
  assert.equal(await page.locator(".hint").innerText(), "“u”: nothing has been decided in this browser yet");
  await page.keyboard.press("?");
  assert.ok(!await page.locator(".hint").isVisible());
});

test("the keys are listed by a key", async () => {
  await page.keyboard.press("?");
  assert.ok(await page.getByText("reject, with a reason").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!await page.getByText("reject, with a reason").isVisible());
});

test("capital letters lead between the pages and the filter that is on is kept", async () => {
  for (const tab of ["Review R", "Queue Q", "Entries E", "Overview O"])
    assert.ok((await page.locator(".top").innerText()).replace(/\s+/g, " ").includes(tab.split(" ")[0]), tab);
  await page.goto(`${base.origin}/review?entry=pumps%2Fchur`);
  const filtered = await page.locator(".position").innerText();
  assert.match(filtered.replace(/\s+/g, " "), /only under pumps\/chur \(all W\)/);
  for (const [key, name] of [["O", "Overview"], ["E", "Entries"], ["Q", "Queue"]]) {
    await pressAndGo(page, key);
    assert.equal(await heading(page), name);
  }
  assert.match(page.url(), /\/queue\?entry=pumps%2Fchur$/);
  await pressAndGo(page, "R");
  assert.match(page.url(), /\/review\?entry=pumps%2Fchur$/);
  assert.equal(await page.locator(".position").innerText(), filtered);
  const id = await changeId(page);
  await page.keyboard.press("/");
  await page.keyboard.type(String(id));
  await pressAndGo(page, "Enter");
  assert.equal(await page.locator(".position").innerText(), filtered);
});

test("the keys of every page are told by a key and Escape leads out", async () => {
  const id = await changeId(page);
  await approve(page);
  for (const path of ["/queue", "/entries/", "/overview", "/entry/pumps/basel", "/history/pumps/basel", "/evidence/pumps/basel",
                      `/entry/pumps/basel?with=${id + 1}`, "/no-such-page"]) {
    await page.goto(base.origin + path);
    await page.keyboard.press("?");
    assert.match(await page.locator(".hint").innerText(), /^Keys of this page[\s\S]*R\s+/, path);
    await page.keyboard.press("Escape");
    assert.ok(!await page.locator(".hint").isVisible(), path);
  }
  page.troubles.length = 0;  // the page that is not there
  await page.goto(`${base.origin}/history/pumps/basel`);
  await pressAndGo(page, "Escape");
  assert.match(page.url(), /\/entry\/pumps\/basel$/);
  await page.goto(`${base.origin}/entry/pumps/basel?with=${id + 1}`);
  await pressAndGo(page, "Escape");
  assert.equal(await changeId(page), id + 1);
  await pressAndGo(page, "v");
  await pressAndGo(page, "Escape");
  assert.equal(await changeId(page), id + 1);
});

test("a change stands between its neighbours and says what approving it does", async () => {
  const [above, below] = await page.locator(".beside").allInnerTexts();
  assert.match(above, /Disclaimer/);
  assert.equal(below, "(the text ends here)");
  assert.equal(await page.locator(".actions .consequence").innerText(), "the entry is a stub: approving this publishes it");
  assert.ok(await page.getByText("made of the source's own sentences (extractive)").isVisible());
  await approve(page);
  assert.equal(await page.locator(".consequence").count(), 0);
  assert.ok(await page.locator(".beside").first().isVisible());
  assert.match(await page.locator(".beside").first().innerText(), /Pumpwerk Basel is a maker of pumps/);
});

test("what is decided and what is left is counted", async () => {
  const all = base.changes().length;
  assert.equal(await page.locator(".position span").first().innerText(), `1 of ${all} left`);
  await approve(page);
  await pressAndGo(page, "s");
  assert.equal((await page.locator(".position").innerText()).replace(/\s+/g, " "), `2 of ${all - 1} left 1 decided only flagged F filter f`);
});

test("the queue shows words and not Markdown with the names of the flags", async () => {
  await pressAndGo(page, "f");
  const list = await page.locator(".queue").first().innerText();
  assert.match(list, /2026-05: “Pumpwerk Basel delivered 1,800 pumps to Vienna on 5 May 2026.” — Pumpwerk Basel/);
  assert.ok(!/\*\*|\]\(/.test(list), list);
  const flagged = base.changes().find((change) => change.flags.length > 0);
  const name = flagged.flags[0].name;
  const label = (await page.locator(`option[value="${name}"]`).innerText()).replace(/ \(\d+\)$/, "");
  assert.ok(list.includes(label) && !list.includes(name), list);
  await page.keyboard.press("f");
  assert.equal(await page.evaluate(() => document.activeElement.id), "entry");
});

test("the search finds what was decided and the entries too", async () => {
  const id = await changeId(page);
  await approve(page);
  await page.keyboard.press("/");
  await page.keyboard.type("maker of pumps in basel");
  await pressAndGo(page, "Enter");
  const text = await page.locator("main").innerText();
  assert.match(text, /Changes that wait no more/);
  assert.match(text, new RegExp(`${id} .*approved`));
  assert.match(text, /Entries\s+Pumpwerk Basel\s+pumps\/basel/);
});
