// upheld-verify.js: checks the structure of a statement's bundle, apart from the code that made it.
//
//   node upheld-verify.js bundle.zip --key NAME+ID+KEY      (Node 18 or newer)
//
// or open upheld-verify.html in a browser and drop the bundle on it: nothing leaves the machine. It implements the
// page docs/reference/evidence.md, shares no line with the Python verifier, and depends on nothing. Container, spelling, tree,
// signature, key, issue and digests are checked here; the figures are computed again by upheld-verify.pyz.
"use strict";

(function () {
  const LARGEST = 512 * 2 ** 20, MOST_ENTRIES = 64, LARGEST_NOTE = 2 ** 20, MOST_SIGNATURES = 100, DEEPEST = 40;
  const ENTRIES = ["agreement.md", "calendars.json", "checkpoint.txt", "facts.jsonl", "statement.json", "terms.json"];
  const CHECKS = ["container", "entries", "signature", "tree", "facts", "agreement's ledger", "key", "issued", "agreement", "figures"];
  const EXIT = { "verified": 0, "not verified": 1, "consistent, signer not proven": 3 };

  // What was read is not what the page allows; the message is for the person who asked.
  class Wrong extends Error {}
  // What was asked cannot be answered: the key is none.
  class WrongUse extends Error {}
  const refuse = (what) => { throw new Wrong(what); };

