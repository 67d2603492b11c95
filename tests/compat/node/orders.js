// Subscriptions, new-number orders, port-ins, port-outs, disconnects.
"use strict";

const {
  client,
  numbers,
  assert,
  NUMBER,
  UUID,
  call,
  desk,
  done,
  files,
  history,
  move,
  notes,
  rows,
} = require("./calls");

async function subscriptions() {
  const made = await call("Subscription.create", () =>
    done((back) =>
      numbers.Subscription.create(
        client,
        {
          orderType: "portins",
          callbackSubscription: {
            uRL: "http://127.0.0.1:8099/here",
            expiry: 3600,
            callbackCredentials: { basicAuthentication: { username: "hook", password: "secret" } },
          },
        },
        back,
      ),
    ),
  );
  await call("Subscription.get", async () => {
    const found = await done((back) => numbers.Subscription.get(client, made.id, back));
    assert.strictEqual(found.callbackSubscription.uRL, "http://127.0.0.1:8099/here");
  });
  await call("Subscription.list", async () => {
    const found = await done((back) => numbers.Subscription.list(client, {}, back));
    assert.ok(found.some((each) => each.id === made.id));
  });
  await call("Subscription.list, none", async () => {
    const found = await done((back) => numbers.Subscription.list(client, { orderType: "dldas" }, back));
    assert.deepStrictEqual(found, []);
  });
  await call("subscription.update", () =>
    done((back) =>
      made.update(
        { orderType: "portins", callbackSubscription: { uRL: "http://127.0.0.1:8099/there", expiry: 7200 } },
        back,
      ),
    ),
  );
  await call("subscription.delete", () => done((back) => made.delete(back)));
}

async function detail(kind, order) {
  await call(`${kind}.getTns`, async () => {
    const found = await done((back) => order.getTns(back));
    assert.deepStrictEqual(found, { count: 1, telephoneNumber: NUMBER });
  });
  await call(`${kind}.getAreaCodes`, async () => {
    const found = await done((back) => order.getAreaCodes(back));
    assert.deepStrictEqual(found, [{ areaCode: 919, count: 1 }]);
  });
  await call(`${kind}.getNpaNxx`, async () => {
    const found = await done((back) => order.getNpaNxx(back));
    assert.strictEqual(found[0].count, 1);
  });
  await call(`${kind}.getTotals`, () => done((back) => order.getTotals(back)));
}

async function orders() {
  const item = {
    name: "spring",
    siteId: 743,
    customerOrderId: "PO-1",
    backOrderRequested: true,
    partialAllowed: true,
    existingTelephoneNumberOrderType: { telephoneNumberList: [{ telephoneNumber: NUMBER }] },
  };
  const made = await call("Order.create", async () => {
    const found = await done((back) => numbers.Order.create(client, item, back));
    assert.strictEqual(found.orderStatus, "RECEIVED");
    assert.match(found.order.id, UUID);
    return found;
  });
  await call("Order.create, refused", async () => {
    const error = await done((back) => numbers.Order.create(client, { name: "no site" }, back)).catch((e) => e);
    assert.strictEqual(error.status, 400);
    assert.match(error.response.text, /5022/);
  });
  const found = await call("Order.get", () => done((back) => numbers.Order.get(client, made.order.id, back)));
  await call("Order.list", async () => {
    const list = await done((back) => numbers.Order.list(client, { page: 1, size: 30 }, back));
    assert.ok(rows(list.listOrderIdUserIdDate.orderIdUserIdDate).some((row) => row.orderId === made.order.id));
  });
  await call("Order.list by customer order id and status", async () => {
    const list = await done((back) =>
      numbers.Order.list(client, { page: 1, size: 30, customerOrderId: "PO-1", status: "received" }, back),
    );
    assert.ok(rows(list.listOrderIdUserIdDate.orderIdUserIdDate).some((row) => row.orderId === made.order.id));
  });
  await detail("order", found.order);
  await notes("order", found.order);
  await call("order.update", async () => {
    await move("orders", made.order.id, "BACKORDERED");
    await done((back) => found.order.update({ name: "summer", closeOrder: true }, back));
    const after = await done((back) => numbers.Order.get(client, made.order.id, back));
    assert.strictEqual(after.orderStatus, "FAILED");
  });
  await history("order", found.order, "RECEIVED");
}

async function portins() {
  const item = {
    siteId: 743,
    peerId: 500017,
    billingTelephoneNumber: NUMBER,
    loaAuthorizingPerson: "A. Person",
    customerOrderId: "PORT 7",
    subscriber: {
      subscriberType: "BUSINESS",
      businessName: "Example Books",
      serviceAddress: { city: "Cary", houseNumber: 12, stateCode: "NC", streetName: "Sample", zip: 27511 },
    },
    listOfPhoneNumbers: { phoneNumber: [NUMBER] },
  };
  const made = await call("PortIn.create", async () => {
    const found = await done((back) => numbers.PortIn.create(client, item, back));
    assert.match(found.id, UUID);
    return found;
  });
  const port = await call("PortIn.get", async () => {
    const found = await done((back) => numbers.PortIn.get(client, made.id, back));
    assert.strictEqual(found.processingStatus, "SUBMITTED");
    return found;
  });
  await call("PortIn.list", async () => {
    const list = await done((back) => numbers.PortIn.list(client, { page: 1, size: 30, status: "submitted" }, back));
    assert.ok(rows(list.lnpPortInfoForGivenStatus).some((row) => row.orderId === made.id));
  });
  await detail("portIn", port);
  await notes("portIn", port);
  await history("portIn", port, "PENDING_DOCUMENTS");
  await files("portIn", port);
  await call("portIn.update", async () => {
    await done((back) => port.update({ loaAuthorizingPerson: "B. Person" }, back));
    const after = await done((back) => numbers.PortIn.get(client, made.id, back));
    assert.strictEqual(after.processingStatus, "REQUESTED_SUPP");
    assert.strictEqual(after.loaAuthorizingPerson, "B. Person");
  });
  await call("portIn.getActivationStatus", async () => {
    await move("portins", made.id, "FOC");
    await done((back) => port.getActivationStatus(back));
  });
  await call("portIn.setActivationStatus", () => done((back) => port.setActivationStatus({}, back)));
  await call("portIn.delete", async () => {
    await done((back) => port.delete(back));
    const after = await done((back) => numbers.PortIn.get(client, made.id, back));
    assert.strictEqual(after.processingStatus, "REQUESTED_CANCEL");
  });
}

async function portouts() {
  const numbered = `<ListOfPhoneNumbers><PhoneNumber>${NUMBER}</PhoneNumber></ListOfPhoneNumbers>`;
  const id = await desk("portouts", "application/xml", `<PortOutRequest><PON>P1</PON>${numbered}</PortOutRequest>`);
  await call("PortOut.list", async () => {
    const list = await done((back) => numbers.PortOut.list(client, { page: 1, size: 30 }, back));
    assert.ok(rows(list.lnpPortInfoForGivenStatus).some((row) => row.orderId === id));
  });
  const found = await call("PortOut.get", () => done((back) => numbers.PortOut.get(client, id, back)));
  if (found) found.id = id; // the SDK leaves this to its user
  await notes("portOut", found);
}

async function disconnects() {
  const made = await call("Disconnect.create", async () => {
    const found = await done((back) => numbers.Disconnect.create(client, "old trunks", [NUMBER], back));
    assert.match(found.orderRequest.id, UUID);
    return found;
  });
  const id = made && made.orderRequest.id;
  await call("Disconnect.get", async () => {
    const found = await done((back) => numbers.Disconnect.get(client, id, { tndetail: true }, back));
    assert.strictEqual(found.orderStatus, "RECEIVED");
  });
  await call("Disconnect.get, partly failed", async () => {
    await move("disconnects", id, "FAILED");
    await done((back) => numbers.Disconnect.get(client, id, {}, back)).catch((error) =>
      assert.strictEqual(error.name, "BandwidthError"),
    );
  });
  await call("Disconnect.list", async () => {
    const list = await done((back) => numbers.Disconnect.list(client, { page: 1, size: 30 }, back));
    assert.ok(rows(list.listOrderIdUserIdDate.orderIdUserIdDate).some((row) => row.orderId === id));
  });
  const order = Object.assign(new numbers.Disconnect(), { client, id }); // the SDK leaves this to its user
  await notes("disconnect", order);
}

module.exports = [subscriptions, orders, portins, portouts, disconnects];
