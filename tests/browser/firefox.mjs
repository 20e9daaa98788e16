// A sealed portal in Firefox, driven over WebDriver BiDi: stdin tells what to open, stdout what was seen.
import { createRequire } from "node:module";

let text = "";
for await (const part of process.stdin) text += part;
const { modules, firefox, home, next, wrong, phrase } = JSON.parse(text);
const puppeteer = createRequire(`${modules}/`)("puppeteer-core");
const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
const seen = {};
try {
  const page = await browser.newPage();
  const opened = () => page.waitForSelector("html[data-opened]", { timeout: 30_000 });
  await page.goto(home);
  await page.waitForSelector("#gate-form:not([hidden])");
  seen.before = await page.content();
  await page.type("#passphrase", wrong);
  await page.click(".gate__open");
  await page.waitForSelector("#passphrase[aria-invalid]");
  seen.wrong = await page.$eval("#gate-told", (told) => told.textContent);
  await page.$eval("#passphrase", (field) => { field.value = ""; });
  await page.type("#passphrase", phrase);
  await page.click(".gate__open");
  await opened();
  seen.title = await page.title();
  await page.goto(next);
  await opened();
  seen.next = await page.title();
  seen.tip = await page.$$eval(".tip", (all) => all.length);
  await page.click(".lock");
  await page.waitForSelector("#gate-form:not([hidden])", { timeout: 30_000 });
  seen.after = await page.content();
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
