// Makes calls of the SDK and says what came of them, one JSON line for each.
"use strict";

const assert = require("assert");
const numbers = require("@bandwidth/numbers");

const { COMPAT_URL: url, COMPAT_ACCOUNT: account, COMPAT_USER: user, COMPAT_PASSWORD: password } = process.env;
const client = new numbers.Client(account, user, password, null, null, { apiEndPoint: url });
const NUMBER = "9195551234";
const NOTE = { userId: user, description: "Please move it to Friday." };
const UUID = /^[0-9a-f-]{36}$/;

// A function of the SDK that takes a callback, as a promise.
const done = (run) =>
  new Promise((resolve, reject) => run((error, result) => (error ? reject(error) : resolve(result))));

// Make one call; say what came of it. A stream that never answers is a failure too.
async function call(name, made) {
  let line = { call: name, result: "ok", detail: "" };
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in 10 s")), 10000).unref());
  let result;
  try {
    result = await Promise.race([made(), late]);
  } catch (error) {
    const text = error.response && error.response.text ? ` ${error.response.text}` : "";
    line = { call: name, result: "failed", detail: `${error.name}: ${error.message}${text}` };
  }
  process.stdout.write(JSON.stringify(line) + "\n");
  return result;
}

// What the operator does meanwhile; the id of what that made.
async function desk(path, media, body) {
  const auth = Buffer.from(`${process.env.COMPAT_OPERATOR}:${process.env.COMPAT_OPERATOR_PASSWORD}`).toString("base64");
  const headers = { Authorization: `Basic ${auth}`, "Content-Type": media };
  const answer = await fetch(`${url}/accounts/${account}/${path}`, { method: "POST", headers, body });
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.text()}`);
  return (answer.headers.get("Location") || "").split("/").pop();
}

const move = (resource, order, status) =>
  desk(`${resource}/${order}/status`, "application/json", JSON.stringify({ status }));

// Rows of a list that the SDK hands over as it was parsed: one row is no array.
const rows = (found) => (found === undefined ? [] : Array.isArray(found) ? found : [found]);

// Notes and history, which several kinds of orders share.
async function notes(kind, order, count = 1) {
  await call(`${kind}.addNote`, async () => {
    const note = await done((back) => order.addNote(NOTE, back));
    assert.strictEqual(note.description, NOTE.description);
  });
  await call(`${kind}.getNotes`, async () => {
    const found = await done((back) => order.getNotes(back));
    assert.strictEqual(found.length, count);
  });
}

async function history(kind, order, status) {
  await call(`${kind}.getHistory`, async () => {
    const found = await done((back) => order.getHistory(back));
    assert.strictEqual(found[0].status, status);
  });
}

// Documents of an order.
async function files(kind, order) {
  const pdf = Buffer.from("%PDF-1.4\n%%EOF\n");
  const name = await call(`${kind}.createFile`, async () => {
    const found = await done((back) => order.createFile(pdf, "application/pdf", back));
    assert.match(found, /\.pdf$/);
    return found;
  });
  await call(`${kind}.getFile`, async () => {
    const found = await order
      .getFile(name)
      .buffer()
      .parse((res, back) => {
        const parts = [];
        res.on("data", (part) => parts.push(part));
        res.on("end", () => back(null, Buffer.concat(parts)));
      });
    assert.strictEqual(found.body.compare(pdf), 0);
  });
  await call(`${kind}.getFiles`, async () => {
    const found = await done((back) => order.getFiles(true, back));
    assert.strictEqual(found.fileName, name);
  });
  await call(`${kind}.updateFile`, () => done((back) => order.updateFile(name, pdf, "application/pdf", back)));
  await call(`${kind}.updateFileMetadata`, () =>
    done((back) => order.updateFileMetadata(name, { documentName: "letter.pdf", documentType: "LOA" }, back)),
  );
  await call(`${kind}.getFileMetadata`, async () => {
    const found = await done((back) => order.getFileMetadata(name, back));
    assert.deepStrictEqual({ ...found }, { documentName: "letter.pdf", documentType: "LOA" });
  });
}

module.exports = { client, numbers, assert, NUMBER, UUID, call, desk, done, files, history, move, notes, rows };
