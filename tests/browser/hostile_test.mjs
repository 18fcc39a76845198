// Titles, quotes, addresses, snapshots and entries from people who mean ill: they run no script, ask for nothing elsewhere and break no
// layout, on any page, wide or narrow, light or dark; and every page is usable by everybody (axe-core: nothing serious).
import assert from "node:assert/strict";
import {appendFileSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {KnowledgeBase, enter, launch, pageAbout} from "./support.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Of the usual collections (OWASP's and PortSwigger's cheat sheets), chosen and written down by hand.
const hostile = [
  "<script>window.pwned=1</script>", "\"><script>window.pwned=1</script>", "'><img src=x onerror=window.pwned=1>", "<svg/onload=window.pwned=1>",
  "</title><script>window.pwned=1</script>", "</textarea><script>window.pwned=1</script>", "\" onmouseover=\"window.pwned=1\" x=\"",
  "<iframe src=\"javascript:parent.pwned=1\">", "[x](javascript:window.pwned=1)", "![x](https://evil.example/a.gif)", "<style>*{display:none}</style>",
  "{{< raw \"<script>window.pwned=1</script>\" >}}", "\u202Egnp.exe", "W".repeat(400), "https://example.org/" + "a".repeat(400), "&lt;script&gt;window.pwned=1&lt;/script&gt;",
  "<!-- <script>window.pwned=1</script> -->", "<base href=\"https://evil.example/\">", "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
];

const pages = {};
hostile.forEach((text, number) => {
  const name = `Acme ${number} ${text}`;
  pages[`p${number}?q=${encodeURIComponent(text).slice(0, 300)}`] = {entry: `bad/acme-${number}`, title: name, html: pageAbout(name, [
    `Acme ${number} ${text} is a maker of pumps with ${100 + number} employees.`,
    `Acme ${number} said ${text} and sold 40 pumps to Trieste on 2 March 2026.`])};
});
const entries = {
  "_index.md": "---\ntitle: Research\n---\n",
  "bad/_index.md": "---\ntitle: Bad\n---\n",
  "bad/page.md": `---\ntitle: ${JSON.stringify(hostile[1])}\nlast_reviewed: 2020-01-01\n---\n\n# Summary\n\n${hostile.join("\n\n")}\n\n` +
    `| a | b |\n| - | - |\n| ${"x".repeat(500)} | [x](javascript:window.pwned=1) |\n\n\`\`\`\n${"y".repeat(500)}\n\`\`\`\n`,
};

let browser;
let base;
let addresses;
before(async () => {
  browser = await launch();
  base = await KnowledgeBase.make({pages, entries});
  // Headings are parts to move a change to: of a page that somebody wrote on by hand.
  base.run("review", "approve", String(base.changes().find((change) => change.entry === "bad/acme-0").id), "--kb", base.kb);
  base.run("export", "--kb", base.kb);
  appendFileSync(join(base.folder, "site/bad/acme-0.md"), hostile.map((text) => `\n## ${text}\n\nText.\n`).join(""));
  base.run("export", "--kb", base.kb);
  await base.serve();
  const changes = base.changes();
  assert.ok(changes.length >= hostile.length, `${changes.length} changes`);
  const partsFor = (id) => JSON.parse(base.run("review", "show", String(id), "--json", "--kb", base.kb)).changes[0].other_parts;
  const ofMoved = changes.filter((change) => change.entry === "bad/acme-moved");
  const movable = changes.find((change) => change.entry === "bad/acme-0");
  const moved = JSON.parse(base.run("review", "show", String(movable.id), "--json", "--kb", base.kb)).changes[0].other_parts;
  assert.ok(moved.length >= hostile.length, `${moved.length} parts`);
  const quotes = changes.flatMap((change) => change.quotes);
  addresses = [
    ...changes.map((change) => `/review?at=${change.id}`),
    ...moved.map((part) => `/review?at=${movable.id}&part=${encodeURIComponent(part)}`),
    ...hostile.map((text) => `/review?at=${movable.id}&part=${encodeURIComponent(text)}`),
    `/entry/bad/acme-0?with=${movable.id}&part=${encodeURIComponent(moved[0])}`,
    ...changes.slice(0, 6).map((change) => `/entry/${change.entry}?with=${change.id}`),
    ...quotes.slice(0, 30).map((quote) => `/snapshot/${quote.snapshot}?begin=${quote.begin_byte}&end=${quote.end_byte}`),
    ...hostile.map((text) => `/queue?words=${encodeURIComponent(text)}`), ...hostile.map((text) => `/review?flag=${encodeURIComponent(text)}`),
    "/queue", "/overview", "/entries/", "/entries/bad", "/entry/bad/page", "/history/bad/page", "/history/bad/page?from=1&to=1", "/evidence/bad/page",
    "/entry/no/such", "/review?from=end",
  ];
});
after(async () => {
  await browser.close();
  await base.remove();
});

async function seriousFindings(page) {
  await page.evaluate(axeSource);
  const {violations} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ["violations"]}));
  return violations.filter((violation) => ["serious", "critical"].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

const windows = [
  {name: "wide", viewport: {width: 1200, height: 900}, colorScheme: "light"},
  {name: "phone", viewport: {width: 360, height: 740}, colorScheme: "dark", hasTouch: true, isMobile: true},
  {name: "narrow phone", viewport: {width: 320, height: 640}, colorScheme: "light"},
];
for (const window of windows) {
  test(`hostile text runs nothing and breaks no layout: ${window.name}`, async () => {
    const page = await enter(browser, base, window);
    let shown = "";
    for (const address of addresses) {
      await page.goto(base.origin + address);
      const found = await page.evaluate(() => ({
        pwned: globalThis.pwned ?? null, overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        foreign: [...document.querySelectorAll("script, style, iframe, img, base, object, embed, meta[http-equiv]")].map((element) => element.outerHTML)
          .filter((element) => !/^<script src="\/(review|enter)\.js" defer=""><\/script>$/.test(element)),
        handlers: [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]).filter((attribute) => attribute.name.startsWith("on")).length,
        links: [...document.querySelectorAll("a[href]")].map((link) => link.href).filter((href) => !/^https?:/.test(href)),
        bare: [...document.querySelectorAll("a[href]")].filter((link) => link.origin !== location.origin && !/noopener noreferrer/.test(link.rel)).length,
      }));
      shown += await page.locator("main").innerText();
      assert.deepEqual(found, {pwned: null, overflow: 0, foreign: [], handlers: 0, links: [], bare: 0}, address);
    }
    // What would have harmed stands there to be read.
    for (const text of ["<script>window.pwned=1</script>", "onerror=window.pwned=1", "<style>*{display:none}</style>", "{{< raw"])
      assert.ok(shown.includes(text), `${text} is shown`);
    // Chromium says in the console that a page was not found; that is no trouble of the page's.
    assert.deepEqual(page.troubles.filter((trouble) => !trouble.includes("status of 404")), []);
    await page.context().close();
  });
}

test("axe-core finds nothing serious on any page, light and dark, wide and narrow", async () => {
  for (const window of windows) {
    const page = await enter(browser, base, window);
    const looked = ["/review", addresses[0], "/review?from=end", "/queue", "/overview", "/entries/", "/entry/bad/page", addresses.find((address) => address.includes("with=")),
      addresses.find((address) => address.includes("part=")),
      "/history/bad/page?from=1&to=1", "/evidence/bad/page", addresses.find((address) => address.startsWith("/snapshot"))];
    for (const address of looked) {
      await page.goto(base.origin + address);
      assert.deepEqual(await seriousFindings(page), [], `${window.name} ${address}`);
    }
    await page.goto(`${base.origin}/review`);
    for (const key of ["r", "Escape", "e", "Escape", "m", "Escape", "?"]) {
      await page.keyboard.press(key);
      assert.deepEqual(await seriousFindings(page), [], `${window.name}, after ${key}`);
    }
    const outside = await (await browser.newContext({colorScheme: window.colorScheme})).newPage();
    await outside.goto(base.address);
    assert.deepEqual(await seriousFindings(outside), [], `${window.name}, the page for the token`);
    await page.context().close();
  }
});
