// Reads {secrets, deliveries} from standard input; prints one line of JSON for each delivery.
import { readFileSync } from "node:fs";
import { NotGenuine, Receiver } from "../../../../clients/receivers/node/docket_receiver.mjs";

const { secrets, deliveries } = JSON.parse(readFileSync(0, "utf8"));
const receiver = new Receiver(secrets);
for (const { now, headers, body } of deliveries) {
  try {
    console.log(JSON.stringify(receiver.accept(headers, Buffer.from(body, "base64"), now)));
  } catch (error) {
    if (!(error instanceof NotGenuine)) throw error;
    console.log('{"refused": true}');
  }
}
