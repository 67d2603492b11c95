// Receive Docket's callbacks. One file, no packages: copy it into your project. Node 18 and later.
//
//   const receiver = new Receiver(["whsec_…"]);
//   const notification = receiver.accept(request.headers, body);   // body: a Buffer, exactly as it came
//   if (notification) { … }                                        // null: it came before
//   // answer 204 in both cases, 401 where NotGenuine was thrown

import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE = 300; // seconds that the sender's clock and yours may differ

export class NotGenuine extends Error {}

export class Receiver {
  #secrets;
  #ids = new Set(); // keep ids and last in your database, if they are to survive a restart
  #last = new Map();

  constructor(secrets) {
    this.#secrets = secrets; // the old one and the new one while a secret is being changed
  }

  accept(headers, body, now = Date.now() / 1000) {
    verify(this.#secrets, headers, body, now);
    const content = parse(body);
    const id = headers["webhook-id"];
    if (this.#ids.has(id)) return null;
    this.#ids.add(id);
    const order = headers["docket-order"] ?? "";
    const sequence = Number(headers["docket-sequence"] ?? 0);
    const last = this.#last.get(order) ?? 0;
    this.#last.set(order, Math.max(last, sequence));
    return {
      id, order, sequence, content,
      attempt: Number(headers["docket-attempt"] ?? 0),
      missed: Number(headers["docket-missed"] ?? 0), // so many were given up before: read …/history?after=<after>
      after: Math.min(last, sequence),
      late: sequence < last, // a later one of this order came already
    };
  }
}

export function verify(secrets, headers, body, now) {
  const [id, timestamp, given] = ["id", "timestamp", "signature"].map((name) => headers[`webhook-${name}`]);
  if (!id || !given || !/^\d+$/.test(timestamp ?? "")) throw new NotGenuine("the webhook- headers are needed");
  if (Math.abs(now - Number(timestamp)) > TOLERANCE) throw new NotGenuine("webhook-timestamp is too far from now");
  const expected = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const digest = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
    return Buffer.from(`v1,${digest}`);
  });
  const fits = (one) => expected.some((each) => each.length === one.length && timingSafeEqual(each, one));
  if (!given.split(" ").some((one) => fits(Buffer.from(one)))) throw new NotGenuine("no signature fits");
}

// JSON as it is; of XML the root's elements by their JSON names, a list where an element holds others. Only a body whose
// signature was checked is read, and Docket writes no attributes, comments or CDATA: so patterns are enough.
export function parse(body) {
  const text = body.toString("utf8").trim();
  if (text.startsWith("{")) return read(text);
  const root = /<Notification>([\s\S]*)<\/Notification>/.exec(text);
  if (!root) throw new NotGenuine("the body cannot be read");
  return Object.fromEntries([...elements(root[1])].map(([tag, inner]) => [
    tag[0].toLowerCase() + tag.slice(1),
    /<\w/.test(inner) ? [...elements(inner)].map(([, item]) => unescaped(item)) : unescaped(inner),
  ]));
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotGenuine("the body cannot be read");
  }
}

function* elements(xml) {
  const element = /<(\w+)(?:\/>|>([\s\S]*?)<\/\1>)/g;
  if (xml.replace(element, "").trim()) throw new NotGenuine("the body cannot be read");
  for (const found of xml.matchAll(element)) yield [found[1], found[2] ?? ""];
}

function unescaped(text) {
  const named = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : named[name] ?? whole);
}
