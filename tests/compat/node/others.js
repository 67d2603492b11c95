// The other types of orders.
"use strict";

const { client, numbers, assert, NUMBER, UUID, call, done, files, history, move, notes, rows } = require("./calls");

async function others() {
  const numbersOf = { telephoneNumbers: { telephoneNumber: [NUMBER] } };
  const option = await call("TnOption.create", async () => {
    const found = await done((back) =>
      numbers.TnOption.create(
        client,
        { customerOrderId: "OPT-1", tnOptionGroups: [{ portOutPasscode: "a1b2c3", telephoneNumbers: [NUMBER] }] },
        back,
      ),
    );
    assert.deepStrictEqual(found.tnOptionGroups[0].telephoneNumbers, [NUMBER]);
    return found;
  });
  await call("TnOption.get", async () => {
    const found = await done((back) => numbers.TnOption.get(client, option.orderId, back));
    assert.deepStrictEqual(found.tnOptionGroups[0].telephoneNumbers, [NUMBER]);
  });
  await call("TnOption.list", async () => {
    const found = await done((back) => numbers.TnOption.list(client, {}, back));
    assert.ok(found.some((row) => row.orderId === option.orderId));
  });

  const listing = await call("Dlda.create", () =>
    done((back) =>
      numbers.Dlda.create(
        client,
        {
          customerOrderId: "DL-1",
          dldaTnGroups: { dldaTnGroup: [{ ...numbersOf, accountType: "RESIDENCE", listingType: "LISTED" }] },
        },
        back,
      ),
    ),
  );
  await call("Dlda.get", async () => {
    const found = await done((back) => numbers.Dlda.get(client, listing.orderId, back));
    assert.strictEqual(found.processingStatus, "RECEIVED");
  });
  await call("Dlda.list", () => done((back) => numbers.Dlda.list(client, {}, back)));
  if (listing) listing.id = listing.orderId; // the SDK leaves this to its user
  await history("dlda", listing, "RECEIVED");

  const name = await call("Lidbs.create", async () => {
    const found = await done((back) =>
      numbers.Lidbs.create(
        client,
        {
          customerOrderId: "LI-1",
          lidbTnGroups: {
            lidbTnGroup: [
              { ...numbersOf, subscriberInformation: "Example", useType: "BUSINESS", visibility: "PUBLIC" },
            ],
          },
        },
        back,
      ),
    );
    assert.match(found.orderId, UUID);
    return found;
  });
  await call("Lidbs.get", () => done((back) => numbers.Lidbs.get(client, name.orderId, back)));
  await call("Lidbs.list", () => done((back) => numbers.Lidbs.list(client, {}, back)));

  const lsr = await call("LsrOrder.create", async () => {
    const found = await done((back) =>
      numbers.LsrOrder.create(
        client,
        {
          pon: "Some Pon",
          customerOrderId: "LSR-1",
          sPID: "123C",
          billingTelephoneNumber: NUMBER,
          requestedFocDate: "2026-11-15",
          authorizingPerson: "Jim Hopkins",
          subscriber: {
            subscriberType: "BUSINESS",
            businessName: "Example",
            accountNumber: "123463",
            pinNumber: "1231",
          },
          listOfTelephoneNumbers: { telephoneNumber: [NUMBER] },
        },
        back,
      ),
    );
    assert.strictEqual(found.orderStatus, "PENDING");
    return found;
  });
  await call("LsrOrder.list", async () => {
    const found = await done((back) => numbers.LsrOrder.list(client, {}, back));
    assert.ok(rows(found.lsrOrderSummary).some((row) => row.orderId === lsr.orderId));
  });
  if (lsr) lsr.id = lsr.orderId; // the SDK leaves this to its user
  await call("lsrOrder.update", () => done((back) => lsr.update({ requestedFocDate: "2026-11-18" }, back)));
  await history("lsrOrder", lsr, "PENDING");
  await notes("lsrOrder", lsr);

  const csr = await call("CsrOrder.create", async () => {
    const found = await done((back) =>
      numbers.CsrOrder.create(client, { customerOrderId: "CSR-1", workingOrBillingTelephoneNumber: NUMBER }, back),
    );
    assert.strictEqual(found.status, "RECEIVED");
    return found;
  });
  await call("CsrOrder.get", async () => {
    const found = await done((back) => numbers.CsrOrder.get(client, csr.orderId, back));
    assert.strictEqual(found.orderId, csr.orderId);
  });
  if (csr) csr.id = csr.orderId; // the SDK leaves this to its user
  await notes("csrOrder", csr);
  await call("csrOrder.update", async () => {
    await move("csrs", csr.orderId, "PROCESSING");
    await done((back) => csr.update({ customerOrderId: "CSR-2" }, back));
  });
}

async function imports() {
  const made = await call("ImportTnOrder.create", async () => {
    const found = await done((back) =>
      numbers.ImportTnOrder.create(
        client,
        {
          customerOrderId: "IM-1",
          siteId: 743,
          sipPeerId: 303,
          loaAuthorizingPerson: "A. Person",
          subscriber: {
            name: "Example",
            serviceAddress: { houseNumber: 12, streetName: "Sample", city: "Cary", stateCode: "NC", zip: 27511 },
          },
        },
        [NUMBER],
        back,
      ),
    );
    assert.match(found.id, UUID);
    return found;
  });
  await call("ImportTnOrder.get", async () => {
    const found = await done((back) => numbers.ImportTnOrder.get(client, made.id, back));
    assert.strictEqual(found.orderId, made.id);
  });
  await call("ImportTnOrder.list", async () => {
    const found = await done((back) => numbers.ImportTnOrder.list(client, {}, back));
    assert.ok(rows(found.importTnOrderSummary).some((row) => row.orderId === made.id));
  });
  await history("importTnOrder", made, "RECEIVED");
  await files("importTnOrder", made);

  const removed = await call("RemoveImportedTnOrder.create", async () => {
    const found = await done((back) => numbers.RemoveImportedTnOrder.create(client, "RM-1", [NUMBER], back));
    assert.match(found.id, UUID);
    return found;
  });
  await call("RemoveImportedTnOrder.get", () =>
    done((back) => numbers.RemoveImportedTnOrder.get(client, removed.id, {}, back)),
  );
  await call("RemoveImportedTnOrder.list", async () => {
    const found = await done((back) => numbers.RemoveImportedTnOrder.list(client, {}, back));
    assert.ok(rows(found.removeImportedTnOrderSummary).some((row) => row.orderId === removed.id));
  });
  await history("removeImportedTnOrder", removed, "RECEIVED");

  await call("ImportToAccount.create", () =>
    done((back) =>
      numbers.ImportToAccount.create(
        client,
        { customerOrderId: "IA-1", siteId: 743, telephoneNumberList: { telephoneNumber: [NUMBER] } },
        back,
      ),
    ),
  );
  await call("ImportToAccount.list", () =>
    done((back) => numbers.ImportToAccount.list(client, { page: 1, size: 30 }, back)),
  );
}

async function emergencies() {
  const EN = numbers.EmergencyNotification;
  const group = await call("EmergencyNotification.createGroupOrder", async () => {
    const found = await done((back) =>
      EN.createGroupOrder(
        client,
        {
          emergencyNotificationGroupOrder: {
            customerOrderId: "EN-1",
            addedEmergencyNotificationGroup: {
              description: "building 5",
              addedEmergencyNotificationRecipients: {
                emergencyNotificationRecipient: { identifier: "63865500-0904-46b1-9b4f-7bd237a26363" },
              },
            },
          },
        },
        back,
      ),
    );
    assert.match(found.orderId, UUID);
    return found;
  });
  await call("EmergencyNotification.getGroupOrder", () =>
    done((back) => EN.getGroupOrder(client, group.orderId, back)),
  );
  await call("EmergencyNotification.listGroupOrders", () => done((back) => EN.listGroupOrders(client, {}, back)));
  const endpoint = await call("EmergencyNotification.createEndpointOrder", async () => {
    const found = await done((back) =>
      EN.createEndpointOrder(
        client,
        {
          emergencyNotificationEndpointOrder: {
            customerOrderId: "EE-1",
            emergencyNotificationEndpointAssociations: {
              emergencyNotificationGroup: { identifier: "63865500-0904-46b1-9b4f-7bd237a26363" },
              addedAssociations: { eepToEngAssociations: { eepTns: { telephoneNumber: [NUMBER] } } },
            },
          },
        },
        back,
      ),
    );
    assert.match(found.emergencyNotificationEndpointOrder.orderId, UUID);
    return found;
  });
  await call("EmergencyNotification.getEndpointOrder", () =>
    done((back) => EN.getEndpointOrder(client, endpoint.emergencyNotificationEndpointOrder.orderId, back)),
  );
  await call("EmergencyNotification.listEnpointOrders", () => done((back) => EN.listEnpointOrders(client, {}, back)));
}

module.exports = [others, imports, emergencies];
