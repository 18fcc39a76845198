// A file that was edited by hand, settled with the keyboard alone.
import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {KnowledgeBase, enter, heading, launch, pressAndGo, said} from "./support.mjs";

const facts = Array.from({length: 80}, (_, i) => `- Fact ${i} of the pump.`).join("\n");
const pageSaying = (words) => `---\ntitle: "Pump"\n---\n\n## Key Facts\n\n${facts}\n\n## Summary\n\n${words}\n`;

let browser;
let base;
let page;
before(async () => {
  browser = await launch();
  base = await KnowledgeBase.make({entries: {"pump.md": pageSaying("First.")}});
  const file = join(base.folder, "site/pump.md");
  writeFileSync(file, pageSaying("Second."));
  base.run("export", "--kb", base.kb);
  base.run("revert", "pump", "1", "--kb", base.kb);
  writeFileSync(file, pageSaying("By hand."));
  assert.throws(() => base.run("export", "--kb", base.kb), "there is a conflict");
  await base.serve();
  page = await enter(browser, base);
});
after(async () => {
  assert.deepEqual(page.troubles, []);
  await browser.close();
  await base.remove();
});

test("the history of a conflict leads back to it by its key and by Escape", async () => {
  await pressAndGo(page, "c");
  assert.match(await heading(page), /pump/);
  assert.match(await page.locator(".sides").innerText(), /changed by jane on \d{4}-/);
  for (const key of ["c", "Escape"]) {
    await pressAndGo(page, "h");
    assert.equal(new URL(page.url()).pathname, "/history/pump");
    await page.getByText("what changed").first().click();
    await page.waitForURL("**/history/pump?conflict=c1&from=*");
    await pressAndGo(page, key);
    assert.equal(new URL(page.url()).pathname, "/conflict/c1");
  }
});

test("both texts are edited from the first mark on", async () => {
  await page.keyboard.press("e");
  const seen = await page.evaluate(() => {
    const text = document.activeElement;
    return {id: text.id, behind: text.value.slice(text.selectionStart).split("\n")[0], scrolled: text.scrollTop > 0,
            selected: text.selectionEnd - text.selectionStart};
  });
  assert.deepEqual(seen, {id: "text", behind: "<<<<<<< in the store", scrolled: true, selected: 0});
  await page.keyboard.press("Control+Shift+End");
  await page.keyboard.type("Mine.");
  await pressAndGo(page, "Control+Enter");
  assert.match(await said(page), /c1 is settled: your text was kept/);
});
