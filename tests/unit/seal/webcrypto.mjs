// The scheme of docs/security.md once more, on Node's WebCrypto alone: it shares no line with sitegen/seal.
// stdin: {"do": "known" | "open" | "seal", …}; stdout: what came of it, as JSON.
import { webcrypto } from "node:crypto";
import { deflateSync, inflateSync } from "node:zlib";

const { subtle } = webcrypto;
const utf8 = (text) => Buffer.from(text, "utf-8");
const b64 = (bytes) => Buffer.from(bytes).toString("base64");
const raw = (text) => Buffer.from(text, "base64");
const be = (size, value) => { const held = Buffer.alloc(size); held.writeUIntBE(value, size - 6 < 0 ? 0 : size - 6, Math.min(size, 6)); return held; };

function told(...parts) {
  return Buffer.concat(["sitegen/1", ...parts].flatMap((part) => [be(4, utf8(part).length), utf8(part)]));
}
async function pbkdf2(phrase, salt, iterations) {
  const key = await subtle.importKey("raw", utf8(phrase), "PBKDF2", false, ["deriveBits"]);
  return Buffer.from(await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, key, 256));
}
async function hkdf(key, ...purpose) {
  const base = await subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: told(...purpose) };
  return Buffer.from(await subtle.deriveBits(how, base, 256));
}
async function hmac(key, content) {
  const own = await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return Buffer.from(await subtle.sign("HMAC", own, content));
}
async function gcm(act, key, iv, content, additionalData) {
  const own = await subtle.importKey("raw", key, "AES-GCM", false, [act]);
  return Buffer.from(await subtle[act]({ name: "AES-GCM", iv, additionalData }, own, content));
}
const decrypted = (key, held, bound) => gcm("decrypt", key, held.subarray(0, 12), held.subarray(12), bound);

function base32(bytes, length) {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length }, (_, at) => letters[parseInt(bits.slice(5 * at, 5 * at + 5), 2)]).join("");
}
const canonical = (phrase) =>
  phrase.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

async function sealed(master, ring, name, content) {
  const bound = told("file", ring, name);
  const nonce = (await hmac(await hkdf(master, "nonce"), Buffer.concat([be(8, bound.length), bound, content]))).subarray(0, 12);
  return Buffer.concat([nonce, await gcm("encrypt", await hkdf(master, "page"), nonce, content, bound)]);
}

async function known({ phrases, ring, salt, rounds, slot, master, names, address, name, content }) {
  const base = await pbkdf2(canonical(phrases[0]), raw(salt), rounds);
  return {
    canonical: phrases.map(canonical),
    base: b64(base),
    slot: b64(await hkdf(base, "slot", ring, slot)),
    page: b64(await hkdf(raw(master), "page")),
    nonce: b64(await hkdf(raw(master), "nonce")),
    name: base32(await hmac(raw(names), told("name", ring, address)), 20),
    sealed: b64(await sealed(raw(master), ring, name, raw(content))),
  };
}

async function open({ keys, phrase, name, sealed: held }) {
  const base = await pbkdf2(canonical(phrase), raw(keys.salt), keys.rounds);
  for (const slot of keys.slots) {
    const bound = told("slot", keys.id, slot.id, String(keys.rounds), keys.salt, slot.until);
    const key = await hkdf(base, "slot", keys.id, slot.id);
    const own = await decrypted(key, raw(slot.private), bound).catch(() => null);
    if (!own) continue;
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const [theirs, wrapped] = [raw(slot.sealed).subarray(0, 65), raw(slot.sealed).subarray(65)];
    const mine = await subtle.importKey("pkcs8", own, curve, false, ["deriveBits"]);
    const other = await subtle.importKey("raw", theirs, curve, false, []);
    const shared = Buffer.from(await subtle.deriveBits({ name: "ECDH", public: other }, mine, 256));
    const agreed = await hkdf(shared, "agreed", b64(theirs), slot.public);
    const master = await decrypted(agreed, wrapped, told("master", keys.id, keys.tag, slot.id));
    const content = await decrypted(await hkdf(master, "page"), raw(held), told("file", keys.id, name));
    const whole = inflateSync(content.subarray(4, 4 + content.readUInt32BE(0)));
    const end = whole.indexOf(10);
    return { address: JSON.parse(whole.subarray(0, end)).address, body: b64(whole.subarray(end + 1)) };
  }
  return {};
}

async function seal({ master, ring, name, address, body }) {
  const packed = deflateSync(Buffer.concat([utf8(JSON.stringify({ address })), utf8("\n"), raw(body)]));
  const content = Buffer.concat([be(4, packed.length), packed, Buffer.alloc(7)]);
  return { sealed: b64(await sealed(raw(master), ring, name, content)) };
}

let text = "";
for await (const part of process.stdin) text += part;
const asked = JSON.parse(text);
console.log(JSON.stringify(await { known, open, seal }[asked.do](asked)));
