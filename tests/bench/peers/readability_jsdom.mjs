// @mozilla/readability's reading of pages that jsdom parsed.
import { Readability } from "@mozilla/readability";
import { JSDOM, VirtualConsole } from "jsdom";
import { readAll, textOf } from "./pages.mjs";

const silent = new VirtualConsole();

await readAll(
  (html, url) => {
    const { window } = new JSDOM(html, { url, virtualConsole: silent });
    const article = new Readability(window.document).parse();
    window.close();
    return { html: article?.content, title: article?.title, author: article?.byline, published: article?.publishedTime };
  },
  (html) => textOf(JSDOM.fragment(html)));
