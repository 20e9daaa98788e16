// Opens what sitegen/seal has sealed: docs/security.md tells the scheme. Keys are made here and never leave the browser;
// what is kept for a few hours is a key that can be used and not read.
(() => {
  "use strict";
  const SCHEME = "sitegen/1";
  const ROUNDS = 600_000; // fewer are refused: a gate with fewer is not one of ours
  const POINT = 65; // bytes of a public key
  const STORE = "sitegen-keys";
  const HOUR = 3_600_000;
  const TYPES = {
    csv: "text/csv;charset=utf-8", pdf: "application/pdf", png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg",
    webp: "image/webp", svg: "image/svg+xml", xml: "application/atom+xml",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
  const text = new TextEncoder();
  const subtle = globalThis.crypto?.subtle;
  const told = {}; // name → what a script has handed over
  let keys = null;
  let words = {};
  let ends = Infinity; // the moment from which on this page is closed

  globalThis.sitegenKeys = (given) => { keys = given; };
  globalThis.sitegenSealed = (name, sealed) => { told[name] = sealed; };

  class Refused extends Error {} // its message is the name of a sentence

  // ------------------------------------------------------------ bytes and keys, as seal/primitives.py has them

  function bytes(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const signs = atob(base64);
    const held = new Uint8Array(signs.length);
    for (let at = 0; at < signs.length; at += 1) held[at] = signs.charCodeAt(at);
    return held;
  }

  const base64 = (held) => btoa(String.fromCharCode(...held));

  function bound(...parts) {
    const all = [SCHEME, ...parts].map((part) => text.encode(part));
    const joined = new Uint8Array(all.reduce((sum, part) => sum + 4 + part.length, 0));
    let at = 0;
    for (const part of all) {
      new DataView(joined.buffer).setUint32(at, part.length);
      joined.set(part, at + 4);
      at += 4 + part.length;
    }
    return joined;
  }

  const aes = (wrapped, ...parts) => ({ name: "AES-GCM", iv: wrapped.subarray(0, 12), additionalData: bound(...parts) });

  const derived = (key, uses, ...purpose) => subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bound(...purpose) },
    key, { name: "AES-GCM", length: 256 }, false, uses);

  // As seal/passphrases.py: capitals, accents, hyphens and double spaces make no difference.
  const canonical = (phrase) =>
    phrase.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  async function stretched(ring, phrase) {
    if (ring.rounds < ROUNDS) throw new Refused("damaged");
    const typed = await subtle.importKey("raw", text.encode(canonical(phrase)), "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(ring.salt), iterations: ring.rounds };
    return subtle.importKey("raw", await subtle.deriveBits(how, typed, 256), "HKDF", false, ["deriveKey"]);
  }

  async function master(key, wrapped, ...parts) {
    const held = bytes(wrapped);
    return subtle.unwrapKey("raw", held.subarray(12), key, aes(held, ...parts), "HKDF", false, ["deriveKey"]);
  }

  // A person's private key, by what the passphrase gave; null when it is another's.
  async function personal(ring, base, slot) {
    const key = await derived(base, ["unwrapKey"], "slot", ring.id, slot.id);
    const held = bytes(slot.private);
    const how = aes(held, "slot", ring.id, slot.id, String(ring.rounds), ring.salt, slot.until);
    const kind = { name: "ECDH", namedCurve: "P-256" };
    return subtle.unwrapKey("pkcs8", held.subarray(12), key, how, kind, false, ["deriveBits"]).catch(() => null);
  }

  // The master key that was sealed to the public half of it, as seal/primitives.py does.
  async function agreed(ring, slot, key) {
    const held = bytes(slot.sealed);
    const [theirs, wrapped] = [held.subarray(0, POINT), held.subarray(POINT)];
    const other = await subtle.importKey("raw", theirs, { name: "ECDH", namedCurve: "P-256" }, false, []);
    const shared = await subtle.deriveBits({ name: "ECDH", public: other }, key, 256);
    const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const wrapping = await derived(base, ["unwrapKey"], "agreed", base64(theirs), slot.public);
    const how = aes(wrapped, "master", ring.id, ring.tag, slot.id);
    return subtle.unwrapKey("raw", wrapped.subarray(12), wrapping, how, "HKDF", false, ["deriveKey"]);
  }

  // The master key of a ring and the last moment for which it is meant; null when the passphrase is none of its.
  async function entered(ring, phrase) {
    const base = await stretched(ring, phrase);
    let late = false;
    for (const slot of ring.slots) {
      const key = await personal(ring, base, slot);
      if (!key) continue;
      const until = slot.until ? Date.parse(`${slot.until}T23:59:59`) : Infinity;
      if (until >= Date.now()) return { found: await agreed(ring, slot, key), until };
      late = true; // another slot may have the same passphrase
    }
    if (late) throw new Refused("expired");
    for (const slot of ring.gone) {
      if (await personal(ring, base, slot)) throw new Refused("revoked");
    }
    return null;
  }

  const ofPages = (found) => derived(found, ["decrypt"], "page");

  // ------------------------------------------------------------ what is kept on the device

  const opening = () => new Promise((done, failed) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("open");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

  async function kept(mode, act) {
    const base = await opening();
    try {
      return await new Promise((done, failed) => {
        const change = base.transaction("open", mode);
        const asked = act(change.objectStore("open"));
        change.oncomplete = () => done(asked?.result);
        change.onabort = change.onerror = () => failed(change.error);
      });
    } finally {
      base.close();
    }
  }

  const keep = (ring, record) => kept("readwrite", (all) => all.put({ ...record, tag: ring.tag }, ring.id))
    .catch(() => {}); // a browser that keeps nothing opens this page alone
  const forget = (ring) => kept("readwrite", (all) => all.delete(ring.id)).catch(() => {});
  const forgetAll = () => kept("readwrite", (all) => all.clear()).catch(() => {});

  // What is kept for a ring and still good; why not goes to `note`.
  async function recalled(ring, note) {
    const record = ring && await kept("readonly", (all) => all.get(ring.id)).catch(() => null);
    if (!record) return null;
    if (record.tag === ring.tag && record.until > Date.now()) return record;
    note(record.tag === ring.tag ? "over" : "renewed");
    await forget(ring);
    return null;
  }

  async function remembered(note) {
    const own = await recalled(keys, note);
    if (own) {
      ends = own.until;
      return own.page;
    }
    const agency = await recalled(keys.agency, () => {});
    return agency?.chain ? chained(agency.chain, agency.until) : null;
  }

  // A client's portal, opened with what the agency's own passphrase gave.
  async function chained(chain, until) {
    const parts = ["chain", keys.id, keys.tag, keys.agency.id];
    const page = await ofPages(await master(chain, keys.agency.chain, ...parts));
    await keep(keys, { page, until });
    ends = until;
    return page;
  }

  async function unlocked(phrase) {
    const session = Date.now() + words.hours * HOUR;
    const own = await entered(keys, phrase);
    if (own) {
      const record = { page: await ofPages(own.found), until: Math.min(own.until, session) };
      if (!keys.agency) record.chain = await derived(own.found, ["unwrapKey"], "chain");
      await keep(keys, record);
      ends = record.until;
      return record.page;
    }
    const agency = keys.agency && await entered(keys.agency, phrase);
    if (!agency) throw new Refused("wrong");
    const until = Math.min(agency.until, session);
    const chain = await derived(agency.found, ["unwrapKey"], "chain");
    await keep(keys.agency, { chain, page: await ofPages(agency.found), until });
    return chained(chain, until);
  }

  // ------------------------------------------------------------ sealed files

  // A file's true address and bytes. Anything but what was sealed under this name and key is refused.
  async function unsealed(key, name, sealed) {
    try {
      const held = bytes(sealed);
      const content = new Uint8Array(await subtle.decrypt(aes(held, "file", keys.id, name), key, held.subarray(12)));
      const length = new DataView(content.buffer).getUint32(0);
      const packed = new Blob([content.subarray(4, 4 + length)]).stream();
      const whole = new Uint8Array(await new Response(packed.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
      const end = whole.indexOf(10);
      const { address } = JSON.parse(new TextDecoder().decode(whole.subarray(0, end)));
      return { address, body: whole.subarray(end + 1) };
    } catch {
      throw new Refused("damaged");
    }
  }

  const loaded = (source) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = done;
    script.onerror = () => failed(new Refused("file_missing"));
    document.head.append(script);
  });

  async function file(key, name) {
    if (!(name in told)) await loaded(`${name}.js?${keys.tag}`);
    return (await unsealed(key, name, told[name])).body;
  }

  // ------------------------------------------------------------ the page behind the gate

  // A relative link of the page as it was made, as it is here: a sealed file by its name, anything else from the root.
  function moved(link, from, map) {
    if (!link || /^([a-z][a-z0-9+.-]*:|[/\\#?])/i.test(link)) return { href: link };
    const [, path, rest] = /^([^?#]*)(.*)$/s.exec(link);
    const parts = from.split("/").slice(0, -1);
    for (const part of path.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== ".") parts.push(part);
    }
    const address = parts.map(decodeURIComponent).join("/");
    if (address in map.pages) return { href: `${map.pages[address]}.html${rest}` };
    if (address in map.files) return { name: map.files[address], address };
    return { href: `../${parts.join("/")}${rest}` };
  }

  function save(body, address) {
    const type = TYPES[address.split(".").pop()] ?? "application/octet-stream";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([body], { type }));
    link.download = address.split("/").pop();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // A picture without a URL, which the policy of the page would refuse.
  async function picture(image, body, address) {
    let drawn;
    if (address.endsWith(".svg")) {
      drawn = document.importNode(new DOMParser().parseFromString(new TextDecoder().decode(body), "image/svg+xml").documentElement, true);
    } else {
      const bitmap = await createImageBitmap(new Blob([body]));
      drawn = document.createElement("canvas");
      drawn.width = bitmap.width;
      drawn.height = bitmap.height;
      drawn.getContext("2d").drawImage(bitmap, 0, 0);
    }
    drawn.setAttribute("class", `${image.className} picture`);
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", image.alt);
    image.replaceWith(drawn);
  }

  function say(name, field) {
    const place = document.getElementById("gate-told");
    if (!place) return; // the page is there
    place.textContent = words[name] ?? "";
    if (field) {
      field.setAttribute("aria-invalid", "true");
      field.select();
    }
  }

  function lockable() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lock";
    button.textContent = words.lock;
    const channel = new BroadcastChannel(STORE);
    channel.onmessage = () => location.reload();
    button.addEventListener("click", async () => {
      await forgetAll(); // on a device that others use, all portals
      channel.postMessage("locked");
      location.reload();
    });
    const over = () => Date.now() > ends && location.reload();
    setInterval(over, 30_000);
    document.addEventListener("visibilitychange", over);
    document.querySelector(".masthead__bar")?.append(button);
  }

  async function show(key, typed) {
    performance.mark("sitegen-key");
    const { name, sealed } = JSON.parse(document.getElementById("sealed").textContent);
    const [folder, file_] = location.pathname.split("/").slice(-2);
    if (folder !== keys.id || (file_.replace(/\.html$/, "") || "index") !== name) throw new Refused("damaged");
    const [page, list] = await Promise.all([unsealed(key, name, sealed), unsealed(key, "map", told.map)]);
    const map = JSON.parse(new TextDecoder().decode(list.body));
    const made = new DOMParser().parseFromString(new TextDecoder().decode(page.body), "text/html");
    const at = (element, attribute) => moved(element.getAttribute(attribute), page.address, map);

    const pictures = [];
    for (const element of made.querySelectorAll("a[href], area[href]")) {
      const to = at(element, "href");
      if (to.href !== undefined) element.setAttribute("href", to.href);
      else {
        element.setAttribute("href", `#${to.name}`);
        element.addEventListener("click", async (event) => {
          event.preventDefault();
          try {
            save(await file(key, to.name), to.address);
          } catch (fault) {
            alert(words[fault.message] ?? words.damaged);
          }
        });
      }
    }
    for (const image of made.body.querySelectorAll("img[src]")) {
      const to = at(image, "src");
      if (to.href !== undefined) image.setAttribute("src", to.href);
      else {
        image.removeAttribute("src");
        pictures.push([image, to]);
      }
    }
    const here = new Set([...document.styleSheets].map((sheet) => sheet.href));
    for (const sheet of made.head.querySelectorAll('link[rel="stylesheet"]')) {
      const to = at(sheet, "href");
      if (to.name) {
        const own = new CSSStyleSheet();
        own.replaceSync(map.sheets[to.address] ?? "");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
      } else if (!here.has(new URL(to.href, location).href)) {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = to.href;
        document.head.append(link);
      }
    }

    document.title = made.title;
    document.documentElement.lang = made.documentElement.lang;
    document.documentElement.dir = made.documentElement.dir;
    document.body.className = made.body.className;
    document.body.replaceChildren(...made.body.childNodes);
    performance.measure("sitegen-page", "sitegen-key");
    lockable();
    await Promise.all(pictures.map(async ([image, to]) => picture(image, await file(key, to.name), to.address)));

    for (const script of made.head.querySelectorAll("script[src]")) {
      const to = at(script, "src");
      if (to.href) await loaded(to.href);
      else listed(new TextDecoder().decode(await file(key, to.name)), page.address, map);
    }
    arrive(typed);
    document.documentElement.dataset.opened = "true";
  }

  // The search reads its pages from a script of one statement; here it is data, and its links are the sealed pages'.
  function listed(script, from, map) {
    const pages = JSON.parse(script.slice(script.indexOf("["), script.lastIndexOf("]") + 1));
    globalThis.sitegenPages = pages.map((each) => ({ ...each, u: moved(each.u, from, map).href }));
  }

  // A browser puts a page back where its reader left it before ours is there: so we do.
  function placed() {
    history.scrollRestoration = "manual";
    const here = history.state?.sitegenTop;
    const note = () => history.replaceState({ ...history.state, sitegenTop: scrollY }, "");
    addEventListener("scrollend", note);
    addEventListener("pagehide", note);
    if (here) scrollTo(0, here);
    return here > 0;
  }

  function unescaped(fragment) {
    try {
      return decodeURIComponent(fragment);
    } catch { // not an escape of ours
      return fragment;
    }
  }

  function arrive(typed) {
    if (placed()) return;
    const target = location.hash && document.getElementById(unescaped(location.hash.slice(1)));
    if (target) {
      target.scrollIntoView();
      target.closest("details")?.setAttribute("open", "");
      return;
    }
    const heading = document.querySelector("h1");
    if (typed && heading) { // the field that had the focus is gone
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  }

  async function attempt(act, field) {
    try {
      await act();
      return true;
    } catch (fault) {
      if (!(fault instanceof Refused)) console.error(fault);
      say(fault instanceof Refused ? fault.message : "damaged", field);
      return false;
    }
  }

  function ask(why) {
    const form = document.getElementById("gate-form");
    const field = document.getElementById("passphrase");
    const button = form.querySelector("button");
    form.hidden = false;
    if (why) say(why);
    document.getElementById("gate-show").addEventListener("change", ({ target }) => {
      field.type = target.checked ? "text" : "password";
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      say("working");
      performance.mark("sitegen-asked");
      field.removeAttribute("aria-invalid");
      let key;
      const right = await attempt(async () => { key = await unlocked(field.value); }, field);
      if (right && await attempt(() => show(key, true))) performance.measure("sitegen-unlock", "sitegen-asked");
      button.disabled = false;
    });
    field.focus();
  }

  async function start() {
    words = JSON.parse(document.getElementById("gate-words").textContent);
    if (!globalThis.isSecureContext || !subtle || !globalThis.DecompressionStream) return say("insecure");
    if (!keys || !told.map) return say("damaged");
    let why = "";
    const key = await remembered((name) => { why = name; }).catch(() => null);
    if (key) await attempt(() => show(key));
    else ask(why);
  }

  document.addEventListener("DOMContentLoaded", start);
})();
