// The pages of the WCXB benchmark's folder, and readings of them as JSON lines (extraction_pages.h says which).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const blocks = new Set(
  ("P DIV LI H1 H2 H3 H4 H5 H6 TR TD TH PRE BLOCKQUOTE BR DT DD SECTION ARTICLE TABLE UL OL FIGURE FIGCAPTION").split(" "));

// The text below a node, a space at each end of a block so that its words do not run together with the next one's.
export function textOf(node) {
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1 && node.nodeType !== 11) return "";
  const name = node.nodeName.toUpperCase();
  if (name === "SCRIPT" || name === "STYLE") return "";
  const inside = Array.from(node.childNodes, textOf).join("");
  return blocks.has(name) ? ` ${inside} ` : inside;
}

// `read` makes { html, title, author, published } of a page's HTML and address; its
// processor time is what is measured. `text`
// makes text of that HTML. A page that it cannot read counts as read empty.
export async function readAll(read, text) {
  const folder = process.argv[2];
  for (const file of readdirSync(join(folder, "html")).sort()) {
    const page = file.replace(/\.html\.gz$/, "");
    const html = gunzipSync(readFileSync(join(folder, "html", file))).toString("utf8");
    const address = JSON.parse(readFileSync(join(folder, "ground-truth", `${page}.json`), "utf8")).url;
    let line = { page };
    try {
      const begin = process.cpuUsage();
      const reading = await read(html, address);
      const { user, system } = process.cpuUsage(begin);
      const seconds = (user + system) / 1e6;
      const { title, author, published } = reading;
      line = { page, text: text(reading.html ?? ""), title, author, published, seconds };
    } catch (error) {
      process.stderr.write(`${page}: ${error.message}\n`);
    }
    process.stdout.write(`${JSON.stringify(line)}\n`);
    // A closed window gives its memory back only when the event loop comes round.
    await new Promise(setImmediate);
  }
}
