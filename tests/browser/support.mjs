// What the tests of the review page share: a knowledge base made by the program itself from pages on loopback, `stubkeeper serve`, and
// Chromium. Needs what scripts/install-packages --tests installs; says so where it is missing.
import assert from "node:assert/strict";
import {execFileSync, spawn} from "node:child_process";
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {chromium} from "playwright-core";

const program = process.env.STUBKEEPER_PROGRAM;
assert.ok(program && existsSync(program), "STUBKEEPER_PROGRAM names the program to test");

export const browserPath = process.env.STUBKEEPER_CHROMIUM ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
   "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"].find(existsSync);
assert.ok(browserPath, "no Chromium is found; scripts/install-packages --tests installs it, STUBKEEPER_CHROMIUM names another one");

export const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");

// A page about a subject, whose sentences the drafter proposes.
export const pageAbout = (name, sentences) => `<!doctype html><html><head><meta charset="utf-8"><title>${escaped(name)}</title>
<meta property="article:published_time" content="2026-05-07"></head><body><main><h1>${escaped(name)}</h1>
${sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join("\n")}</main></body></html>`;

// A knowledge base in a folder of its own. `pages`: by path on loopback, the entry and title that it is a source of and its HTML.
// `entries`: files of a section that is imported first.
export class KnowledgeBase {
  static async make({pages = {}, entries = {}}) {
    const base = new KnowledgeBase();
    base.folder = mkdtempSync(join(tmpdir(), "stubkeeper-browser-"));
    base.kb = join(base.folder, "kb");
    const site = join(base.folder, "site");
    mkdirSync(site);
    for (const [file, text] of Object.entries(entries)) {
      mkdirSync(dirname(join(site, file)), {recursive: true});
      writeFileSync(join(site, file), text);
    }
    base.web = createServer((request, response) => {
      const page = pages[decodeURIComponent(request.url.slice(1))] ?? pages[request.url.slice(1)];
      response.writeHead(page ? 200 : 404, {"Content-Type": "text/html; charset=utf-8"});
      response.end(page ? page.html : "");
    });
    await new Promise((listening) => base.web.listen(0, "127.0.0.1", listening));
    const web = `http://127.0.0.1:${base.web.address().port}/`;
    base.run("init", base.kb, "--site", site);
    writeFileSync(join(base.kb, "stubkeeper.toml"), `[site]\ncontent = ${JSON.stringify(site)}\n[fetch]\ndelay_ms = 0\n` +
      `allow_addresses = ["127.0.0.1"]\n[review]\nreviewer = "jane"\n`);
    if (Object.keys(entries).length > 0) base.run("import", site, "--kb", base.kb);
    for (const [path, page] of Object.entries(pages)) {
      base.run("source", "add", web + path, "--type", "page", "--entry", page.entry, "--title", page.title, "--kb", base.kb);
    }
    await base.runMeanwhile("refresh", "--kb", base.kb);
    return base;
  }

  // The demonstration of scripts/demo at its first look, before anything is decided.
  static async makeDemo() {
    const demo = fileURLToPath(new URL("../../scripts/demo", import.meta.url));
    const base = new KnowledgeBase();
    base.folder = mkdtempSync(join(tmpdir(), "stubkeeper-browser-"));
    base.kb = join(base.folder, "kb");
    const site = join(base.folder, "site/content/research");
    cpSync(join(demo, "site"), join(base.folder, "site"), {recursive: true});
    const types = {html: "text/html; charset=utf-8", atom: "application/atom+xml", xml: "application/rss+xml"};
    base.web = createServer((request, response) => {
      const file = join(demo, "web/first", request.url);
      const there = existsSync(file);
      response.writeHead(there ? 200 : 404, {"Content-Type": types[file.split(".").pop()] ?? "text/plain"});
      response.end(there ? readFileSync(file) : "");
    });
    await new Promise((listening) => base.web.listen(0, "127.0.0.1", listening));
    const web = `http://127.0.0.1:${base.web.address().port}/`;
    base.run("init", base.kb, "--site", site);
    writeFileSync(join(base.kb, "stubkeeper.toml"), `[site]\ncontent = ${JSON.stringify(site)}\n[fetch]\ndelay_ms = 0\n` +
      `allow_addresses = ["127.0.0.1"]\n[review]\nreviewer = "jane"\n`);
    base.run("import", site, "--kb", base.kb);
    for (const line of readFileSync(join(demo, "sources.txt"), "utf8").split("\n").filter((each) => each && !each.startsWith("#"))) {
      const [kind, path, entry, ...title] = line.split(/ +/);
      base.run("source", "add", web + path, "--type", kind, ...(entry === "-" ? [] : ["--entry", entry, "--title", title.join(" ")]), "--kb", base.kb);
    }
    await base.runMeanwhile("refresh", "--kb", base.kb);
    return base;
  }

  // Runs the program to its end; what it printed.
  run(...words) {
    return execFileSync(program, words, {encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]});
  }
  // The same, while this process goes on serving the pages.
  async runMeanwhile(...words) {
    const running = spawn(program, words, {stdio: ["ignore", "ignore", "inherit"]});
    assert.equal(await new Promise((ended) => running.on("exit", ended)), 0, words.join(" "));
  }
  changes(state = "waiting") {
    return JSON.parse(this.run("review", "list", "--state", state, "--json", "--kb", this.kb)).changes;
  }
  state(id) {
    return JSON.parse(this.run("review", "show", String(id), "--json", "--kb", this.kb)).changes[0].state;
  }
  revisions(entry) {
    return JSON.parse(this.run("history", entry, "--json", "--kb", this.kb)).revisions;
  }

  async serve() {
    this.server = spawn(program, ["serve", "--no-open", "--json", "--kb", this.kb], {stdio: ["ignore", "pipe", "inherit"]});
    let printed = "";
    const told = await new Promise((done, failed) => {
      this.server.on("exit", (code) => failed(new Error(`serve ended with ${code}`)));
      this.server.stdout.on("data", (data) => {
        printed += data;
        try { done(JSON.parse(printed)); } catch { /* not all of it yet */ }
      });
    });
    this.server.removeAllListeners("exit");
    this.address = told.address;
    this.token = told.token;
    this.origin = new URL(told.address).origin;
  }
  async remove() {
    if (this.server) {
      const ended = new Promise((done) => this.server.on("exit", done));
      this.server.kill("SIGTERM");
      assert.equal(await ended, 0, "serve ends in order");
    }
    await new Promise((closed) => this.web.close(closed));
    rmSync(this.folder, {recursive: true});
  }
}

// Twenty-four changes for six entries.
export const plainPages = () => {
  const pages = {};
  for (const city of ["Basel", "Chur", "Davos", "Fribourg", "Geneva", "Lausanne"]) {
    const name = `Pumpwerk ${city}`;
    pages[city] = {entry: `pumps/${city.toLowerCase()}`, title: name, html: pageAbout(name, [
      `${name} is a maker of pumps in ${city} with 120 employees.`,
      `${name} delivered 1,800 pumps to Vienna on 5 May 2026.`,
      `${name} opened a works in Graz in April 2026.`,
      `${name} sold 40 pumps to the port of Trieste on 2 March 2026.`])};
  }
  return pages;
};

export const launch = () => chromium.launch({executablePath: browserPath, args: ["--no-sandbox"]});

// A window that came in by the address that `serve` prints. Fails the test on any script error, refused script or request elsewhere.
export async function enter(browser, base, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.troubles = watch(page, base.origin);
  if (options.javaScriptEnabled === false) {
    await page.goto(base.address);
    await page.fill("#token", base.token);
    await page.click("button");
  } else {
    await page.goto(`${base.address}#${base.token}`);
  }
  await page.waitForURL("**/review*");
  return page;
}

export function watch(page, origin) {
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`script error: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error") troubles.push(`console: ${message.text()}`); });
  page.on("dialog", (dialog) => { troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith(origin)) troubles.push(`request to ${request.url()}`); });
  return troubles;
}

// Presses a key that leads to another page, and waits for that page.
export async function pressAndGo(page, key) {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press(key)]);
}
// Approves by keys: a flagged change asks once more.
export async function approve(page) {
  if (await page.locator("#approve").count() === 0) return pressAndGo(page, "a");
  await page.keyboard.press("a");
  await pressAndGo(page, "y");
}
export const said = (page) => page.locator(".notice").first().innerText();
export const position = (page) => page.locator(".position b").first().innerText();
export const heading = (page) => page.locator("h1").innerText();
export const changeId = async (page) => Number(await page.locator("input[name=id]").first().inputValue());
