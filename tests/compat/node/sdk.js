// Every call of Bandwidth's Node SDK on orders and subscriptions, against a Docket, one after the other.
"use strict";

(async () => {
  for (const part of [...require("./orders"), ...require("./others")]) await part();
})();
