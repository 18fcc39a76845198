// screenshots.mjs STUBKEEPER KB FOLDER: PNGs of the review page (light, dark, phone, overview) and of `stubkeeper review` in a terminal of
// tmux, whose screen is drawn as a page. Decides on some changes of KB on the way, so that the overview has something to show.
import {execFileSync, spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";

const require = createRequire(new URL("../../tests/browser/package.json", import.meta.url));
const {chromium} = require("playwright-core");
const [stubkeeper, kb, folder] = process.argv.slice(2);
const changes = JSON.parse(execFileSync(stubkeeper, ["review", "list", "--json", "--kb", kb])).changes;
const flagged = changes.find((change) => change.flags.length > 0);

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"].find(existsSync);
const browser = await chromium.launch({executablePath, args: ["--no-sandbox"]});

async function serve(use) {
  const server = spawn(stubkeeper, ["serve", "--no-open", "--json", "--kb", kb], {stdio: ["ignore", "pipe", "inherit"]});
  let printed = "";
  const told = await new Promise((done) => server.stdout.on("data", (data) => {
    printed += data;
    try { done(JSON.parse(printed)); } catch { /* not all of it yet */ }
  }));
  try {
    await use(told);
  } finally {
    server.kill("SIGTERM");
    await new Promise((ended) => server.on("exit", ended));
  }
}

// A flagged change is asked about once more.
async function approve(page) {
  const asks = page.locator("details#approve");
  if (await asks.count() > 0) await page.keyboard.press("a");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press(await asks.count() > 0 ? "y" : "a")]);
}

async function shoot(told, path, name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${told.address}#${told.token}`);
  await page.waitForURL("**/review*");
  for (let i = 0; i < (options.approve ?? 0); ++i) await approve(page);
  await page.goto(new URL(path, told.address).href);
  await page.screenshot({path: join(folder, name)});
  await context.close();
}

// A screen with colours (SGR sequences alone, as tmux captures it) as HTML.
function drawn(screen, dark) {
  const colours = dark ? ["#3b3f45", "#ef8a80", "#8fd19e", "#e3c374", "#8ab4e8", "#c9a0e0", "#7fcfcf", "#e7e4de"]
                       : ["#23211e", "#b3261e", "#1f6b34", "#8a5a00", "#1f4f94", "#7a2f94", "#0c6b6b", "#5f5a53"];
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  let style = {};
  const css = () => [style.bold && "font-weight:700", style.dim && "opacity:.7", style.underline && !style.struck && "text-decoration:underline",
    style.struck && "text-decoration:line-through", style.reverse ? `background:currentColor` : style.background && `background:${style.background}`,
    style.colour && `color:${style.colour}`].filter(Boolean).join(";");
  let html = "";
  for (const part of screen.split(/(\x1b\[[0-9;:]*m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))/)) {
    if (part.startsWith("\x1b]")) continue;
    if (!part.startsWith("\x1b[")) {
      const text = style.reverse ? `<span style="color:${dark ? "#171819" : "#ffffff"}">${escape(part)}</span>` : escape(part);
      if (part) html += `<span style="${css()}">${text}</span>`;
      continue;
    }
    for (const code of part.slice(2, -1).split(/[;:]/).map(Number)) {
      if (code === 0) style = {};
      else if (code === 1) style.bold = true;
      else if (code === 2) style.dim = true;
      else if (code === 4) style.underline = true;
      else if (code === 7) style.reverse = true;
      else if (code === 9) style.struck = true;
      else if (code === 22) style.bold = style.dim = false;
      else if (code === 24) style.underline = false;
      else if (code === 27) style.reverse = false;
      else if (code === 29) style.struck = false;
      else if (code >= 30 && code <= 37) style.colour = colours[code - 30];
      else if (code >= 90 && code <= 97) style.colour = colours[code - 90];
      else if (code === 39) style.colour = undefined;
    }
  }
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;display:inline-block;background:${dark ? "#171819" : "#ffffff"};color:${dark ? "#e7e4de" : "#23211e"}">` +
    `<pre style="margin:14px 18px;font:14px/1.35 'DejaVu Sans Mono',Menlo,monospace">${html}</pre>`;
}

// What the screen shows once `wanted` stands on it.
async function terminalScreen(columns, rows, wanted) {
  const socket = `stubkeeper-screenshots-${process.pid}`;
  const tmux = (...words) => execFileSync("tmux", ["-L", socket, ...words], {encoding: "utf8"});
  tmux("-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows), "env", "TERM=screen", stubkeeper, "review", "--kb", kb, "--entry", flagged.entry,
    "--flag", flagged.flags[0].name);
  try {
    for (let tries = 0; tries < 200; ++tries) {
      const screen = tmux("capture-pane", "-e", "-p");
      if (screen.includes(wanted)) return screen.trimEnd();
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`the terminal does not show ${wanted}`);
  } finally {
    tmux("kill-server");
  }
}

for (const dark of [false, true]) {
  const screen = await terminalScreen(92, 34, "approve");
  const page = await browser.newPage({deviceScaleFactor: 1});
  await page.setContent(drawn(screen, dark));
  await page.locator("body").screenshot({path: join(folder, `terminal-${dark ? "dark" : "light"}.png`)});
  await page.close();
}
await serve(async (told) => {
  const at = `/review?at=${flagged.id}`;
  for (const colorScheme of ["light", "dark"]) await shoot(told, at, `review-${colorScheme}.png`, {viewport: {width: 980, height: 860}, colorScheme});
  await shoot(told, `/entry/${flagged.entry}?with=${flagged.id}`, "entry-light.png", {viewport: {width: 980, height: 620}, colorScheme: "light"});
  await shoot(told, at, "phone-dark.png", {viewport: {width: 390, height: 780}, colorScheme: "dark", hasTouch: true, isMobile: true, deviceScaleFactor: 1});
  await shoot(told, "/overview", "overview-light.png", {viewport: {width: 980, height: 900}, colorScheme: "light", approve: 12});
});
await browser.close();
