// Sealed portals in Firefox, driven over WebDriver BiDi: stdin tells what to open, stdout what was seen.
import { createRequire } from "node:module";
import { readdir } from "node:fs/promises";

let text = "";
for await (const part of process.stdin) text += part;
const asked = JSON.parse(text);
const puppeteer = createRequire(`${asked.modules}/`)("puppeteer-core");
const PATIENCE = { timeout: 30_000 };
const PHONE = { width: 390, height: 844 };
const AXE = `axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations.flatMap(
  (rule) => rule.nodes.map((node) => rule.id + ": " + node.target.join(" "))))`;

async function inFirefox(prefs, act) {
  const how = { browser: "firefox", executablePath: asked.firefox, headless: true };
  const browser = await puppeteer.launch({ ...how, extraPrefsFirefox: prefs });
  try {
    return await act(browser);
  } finally {
    await browser.close();
  }
}

const gate = (page) => page.waitForSelector("#gate-form:not([hidden])", PATIENCE);
const opened = (page) => page.waitForSelector("html[data-opened]", PATIENCE);

async function unlock(page, phrase) {
  await gate(page);
  await page.focus("#passphrase");
  await page.keyboard.type(phrase);
  await page.keyboard.press("Enter");
}

// Why the page stays closed: the last word of the gate, once it is no longer at work.
async function refused(page) {
  await page.waitForFunction(() => {
    const told = document.querySelector("#gate-told")?.textContent.trim();
    return told && !told.endsWith("…");
  }, PATIENCE);
  return page.$eval("#gate-told", (told) => told.textContent);
}

// A visitor who was never there; `visit` tells where to, with which passphrase, and whether that opens it.
async function visited(browser, visit) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport(PHONE);
    await page.goto(visit.address);
    if (visit.phrase) await unlock(page, visit.phrase);
    if (visit.opens) await opened(page);
    else await refused(page);
    return {
      address: page.url(),
      title: await page.title(),
      told: visit.opens ? "" : await refused(page),
      content: await page.content(),
      top: await page.evaluate(() => {
        const target = location.hash && document.getElementById(location.hash.slice(1));
        return target ? target.getBoundingClientRect().top : null;
      }),
    };
  } finally {
    await context.close();
  }
}

async function downloaded(page) {
  await page.$$eval("a[download]", (all) => all.find((link) => link.checkVisibility()).click());
  for (let left = 100; left; left -= 1) {
    const names = await readdir(asked.downloads);
    if (names.length === 1 && !names[0].endsWith(".part")) return names[0];
    await new Promise((done) => { setTimeout(done, 100); });
  }
  throw new Error("nothing was downloaded");
}

// One reader's way through a portal that a passphrase opened, until it is locked; then once more until its key is over.
async function walked(browser, walk) {
  const seen = {};
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", (event) => { globalThis.violations.push(event.effectiveDirective); });
  });
  const violations = () => page.evaluate(() => globalThis.violations);
  await page.setViewport(PHONE);
  await page.goto(walk.home);
  await gate(page);
  seen.before = await page.content();
  seen.focus = await page.evaluate(() => document.activeElement.id);
  await page.evaluate(asked.axe);
  seen.axeBefore = await page.evaluate(AXE);
  await unlock(page, walk.phrase);
  await opened(page);
  seen.title = await page.title();
  seen.heading = await page.evaluate(() => document.activeElement.tagName);
  await page.waitForSelector("canvas.masthead__logo", PATIENCE);
  seen.logo = await page.$eval("canvas.masthead__logo", (logo) => [...logo.getContext("2d").getImageData(0, 0, 1, 1).data]);
  seen.violations = await violations();
  await page.$$eval("details", (all) => { for (const each of all) each.open = true; });
  seen.axeAfter = await page.evaluate(AXE);
  seen.key = await page.evaluate(async () => {
    const got = (wanted) => new Promise((done) => { wanted.onsuccess = () => done(wanted.result); });
    const base = await got(indexedDB.open("sitegen-keys"));
    const [record] = await got(base.transaction("open").objectStore("open").getAll());
    base.close();
    const read = await crypto.subtle.exportKey("raw", record.page).then(() => "read", (fault) => fault.name);
    return { hours: (record.until - Date.now()) / 3_600_000, read };
  });

  await page.goto(walk.objectives);
  await opened(page);
  await page.$$eval(".figure__drawing[tabindex]", (all) => all.find((each) => each.checkVisibility()).focus());
  await page.keyboard.press("ArrowRight");
  seen.tip = await page.$eval(".tip", (tip) => tip.textContent);
  seen.violations.push(...await violations());

  await page.goto(walk.search);
  await opened(page);
  await page.waitForSelector("#results a", PATIENCE);
  seen.results = await page.$$eval("#results a", (all) => all.map((link) => link.href.split("#")[0]));

  await page.goto(walk.data);
  await opened(page);
  seen.download = await downloaded(page);
  seen.violations.push(...await violations());
  await page.evaluate(() => document.body.setAttribute("style", "color: red")); // what the policy must refuse
  await page.waitForFunction(() => globalThis.violations.length > 0, PATIENCE);
  seen.inline = await violations();

  await page.goto(walk.print);
  await opened(page);
  seen.print = Buffer.from(await page.pdf()).toString("base64");

  const other = await browser.newPage();
  await other.goto(walk.home);
  await opened(other);
  await page.bringToFront();
  await page.goto(walk.home);
  await opened(page);
  await page.click(".lock");
  seen.locked = [];
  for (const each of [page, other]) {
    await gate(each);
    seen.locked.push(await each.content());
  }
  await other.close();

  await unlock(page, walk.phrase);
  await opened(page);
  await page.evaluate(() => new Promise((done, failed) => { // as if eight hours had passed
    const wanted = indexedDB.open("sitegen-keys");
    wanted.onsuccess = () => {
      const change = wanted.result.transaction("open", "readwrite");
      const all = change.objectStore("open");
      all.openCursor().onsuccess = ({ target: { result: at } }) => {
        if (!at) return;
        at.update({ ...at.value, until: 1 });
        at.continue();
      };
      change.oncomplete = () => { wanted.result.close(); done(); };
      change.onabort = () => failed(change.error);
    };
  }));
  await page.reload();
  await gate(page);
  seen.over = { told: await refused(page), content: await page.content() };
  return seen;
}

const folder = { "browser.download.folderList": 2, "browser.download.dir": asked.downloads };
const seen = await inFirefox(folder, async (browser) => {
  const visits = {};
  for (const [name, visit] of Object.entries(asked.visits)) visits[name] = await visited(browser, visit);
  return { visits, walk: await walked(browser, asked.walk) };
});
seen.insecure = await inFirefox({ "network.dns.localDomains": asked.elsewhere.host }, async (browser) => {
  const page = await browser.newPage();
  await page.goto(asked.elsewhere.address);
  return refused(page);
});
seen.silent = await inFirefox({ "javascript.enabled": false }, async (browser) => {
  const page = await browser.newPage();
  await page.goto(asked.walk.home);
  return page.evaluate(() => ({
    main: document.querySelector("main").innerText,
    form: document.querySelector("#gate-form").checkVisibility(),
  }));
});
console.log(JSON.stringify(seen));
