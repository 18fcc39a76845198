// defuddle's reading of pages that linkedom parsed, which is the DOM that its documentation names first. It asks no one on the web.
import { Defuddle } from "defuddle/node";
import { parseHTML } from "linkedom";
import { readAll, textOf } from "./pages.mjs";

console.log = console.warn = console.error = () => {};

await readAll(
  async (html, url) => {
    const { content, title, author, published } = await Defuddle(parseHTML(html).document, url, { useAsync: false });
    return { html: content, title, author, published };
  },
  (html) => textOf(parseHTML(`<html><body>${html}</body></html>`).document.body));
