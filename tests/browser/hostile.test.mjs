// A plan that was written to attack whoever reads its page: the browser shows it as text.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, field, launch, open, Plan, serve } from "./world.mjs";

const DAY = "2024-09-20";

const attacks = [
  "<script>window.hit = 1</script>",
  "\"><img src=/picture onerror=window.hit=1>",
  "' onmouseover='window.hit=1' x='",
  "</title></style></script><script src=/code></script>",
  "</style><style>* { display: none !important }</style>",
  "<svg/onload=window.hit=1><foreignObject><iframe src=/frame>",
  "<a href=\"javascript:window.hit=1\">press</a>",
  "{{ 7 * 7 }} {% include \"/etc/passwd\" %} ${7*7}",
  "<!-- --><base href=//example.org><meta http-equiv=refresh content=0;url=/away>",
  "👩‍💻 🏳️‍🌈 ]]> &lt; &amp;amp; &#x3c;script&#x3e;",
  "שלום مرحبا 東京 naïve",
  "l".repeat(10_000),
  "word ".repeat(2_000).trim(),
];
const links = [
  "javascript:window.hit=1", "JaVaScRiPt:window.hit=1", "data:text/html,<script>window.hit=1</script>",
  "vbscript:x", "file:///etc/passwd", "//example.org/x", "https://example.org/\"onclick=\"window.hit=1",
];
// What acts unseen on a reader; the page writes it out.
const unseen = "safe\u202elive\u2066\u200b\u0007 end";

const quoted = (text) => JSON.stringify(text).replace(/[\u007f-\u009f\u200b-\u206f]/g,
  (own) => `\\u${own.codePointAt(0).toString(16).padStart(4, "0")}`);

const hostile = () => {
  const all = attacks.map(quoted);
  const head = `[plan]
name = ${all[0]}
aim = ${all[1]}
about = ${all[4]}
publish = ["notes", "people"]
owner = ${all[2]}
links = [${links.map((url) => `{ name = ${all[3]}, url = ${quoted(url)} }`)}]

[cycle.q]
name = ${all[3]}
start = 2024-07-15
end = 2024-10-15

[theme.t]
name = ${all[5]}
aim = ${all[6]}

[objective.o]
theme = "t"
name = ${all[1]}
partners = [${all}]
`;
  const row = (id, text) => `
[kr.${id}]
objective = "o"
title = ${text}
short = ${text}
about = ${text}
ask = ${text}
unit = ${text}
owner = ${text}
tags = [${text}]
partners = [${text}]
target = 10
current = 3
due = 2024-09-25
links = [${links.map(quoted)}]
evidence = [${links.map(quoted)}]

[kr.${id}.milestone.m]
name = ${text}
due = 2024-09-22

[[kr.${id}.note]]
on = 2024-09-01
by = ${text}
text = ${text}
`;
  return head + [...all, quoted(unseen)].map((text, id) => row(id, text)).join("");
};

let plan, browser, server;

before(async () => {
  plan = new Plan(hostile());
  plan.git(DAY, "init", "--quiet", "--initial-branch=main");
  plan.commit("2024-09-01");
  plan.loti(DAY, "set", "0", "at-risk", "-m", attacks[0]);
  plan.commit(DAY);
  plan.loti(DAY, "export", "site", "site");
  const files = new Map([["/page", plan.loti(DAY, "export", "html", "--since", "2024-09-01")]]);
  for (const name of ["index.html", "theme-t.html", "history.html", "feed.xml"]) {
    files.set(`/${name}`, plan.read(join("site", name)));
  }
  server = await serve(files);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  plan?.remove();
});

test("what attacks is shown as text and runs nothing", async () => {
  for (const page of ["/page", "/index.html", "/theme-t.html", "/history.html"]) {
    server.asked.length = 0;
    const { tab, said, context } = await open(browser, server.url + page);
    await tab.mouse.move(300, 300);
    await tab.waitForTimeout(300);
    const seen = await tab.evaluate(() => ({
      hit: window.hit,
      title: document.title,
      titles: [...document.querySelectorAll("h4")].map((own) => own.textContent),
      odd: document.querySelectorAll("img, iframe, object, embed, base, foreignObject, meta[http-equiv=refresh], [onerror], [onload], [onmouseover], [onclick], [style]").length,
      scripts: document.scripts.length,
      styles: document.styleSheets.length,
      schemes: [...new Set([...document.links].map((own) => own.protocol))],
      visible: document.querySelector("h1").checkVisibility(),
    }));
    assert.equal(seen.hit, undefined, page);
    assert.deepEqual(said, [], page);
    assert.deepEqual(server.asked, [page]);
    assert.equal(seen.odd, 0, page);
    assert.equal(seen.styles, 1, page);
    assert.ok(seen.scripts <= 1, page);
    assert.ok(seen.visible, page);
    for (const scheme of seen.schemes) assert.match(scheme, /^(https?|mailto):$/, page);
    if (page !== "/history.html") {
      for (const attack of attacks) assert.ok(seen.titles.includes(attack), `${page}: ${attack.slice(0, 60)}`);
      assert.ok(seen.titles.includes("safe\\u{202e}live\\u{2066}\\u{200b}\\u{7} end"), "what is unseen is written out");
    }
    await context.close();
  }
});

test("what is very long breaks, and nothing has to be scrolled sideways", async () => {
  for (const page of ["/page", "/theme-t.html", "/history.html"]) {
    const { tab, context } = await open(browser, server.url + page, { viewport: { width: 320, height: 640 } });
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${page} is ${wide} wide`);
    await context.close();
  }
});

test("found and put in order, it is still text", async () => {
  const { tab, said, context } = await open(browser, `${server.url}/page#q=%3Cscript%3E&sort=title&owner=%3Cimg%20src=/x%3E&theme=%22%5D`);
  await tab.waitForTimeout(200);
  assert.deepEqual(said, []);
  assert.equal(await tab.evaluate(() => window.hit), undefined);
  await field(tab, "sort").selectOption("status");
  await field(tab, "q").fill("<img");
  assert.deepEqual(said, []);
  await context.close();
});

test("the feed is sound XML, with text where it attacked", async () => {
  const { tab, context } = await open(browser, `${server.url}/page`);
  const feed = await tab.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, "application/xml");
    const names = new Set([...read.querySelectorAll("*")].map((own) => own.localName));
    const links = [...read.querySelectorAll("[href]")].map((own) => own.getAttribute("href"));
    return { names: [...names], title: read.querySelector("title")?.textContent, links };
  }, plan.read(join("site", "feed.xml"))).catch((error) => ({ error: String(error) }));
  // The page's own policy lets no text become markup, so that a blank one has to do it.
  const blank = await browser.newPage();
  const own = await blank.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, "application/xml");
    return {
      wrong: read.querySelector("parsererror")?.textContent,
      names: [...new Set([...read.querySelectorAll("*")].map((part) => part.localName))].sort(),
      title: read.querySelector("title")?.textContent,
    };
  }, plan.read(join("site", "feed.xml")));
  assert.ok(feed.error, "the page makes no markup");
  assert.equal(own.wrong, undefined);
  assert.equal(own.title, `${attacks[0]}: what changed`);
  const known = ["a", "author", "content", "div", "entry", "feed", "generator", "id", "li", "link", "name", "p", "title", "ul", "updated"];
  assert.deepEqual(own.names.filter((name) => !known.includes(name)), []);
  await blank.close();
  await context.close();
});

test("nothing of it is lost to those who hear the page", async () => {
  const { tab, context } = await open(browser, `${server.url}/theme-t.html`);
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }));
  assert.deepEqual(found.violations.map((own) => own.id), []);
  await context.close();
});
