  // ---- telling

  const CONCLUSIONS = {
    "verified": "VERIFIED, FIGURES NOT COMPUTED. Nothing was changed since it was signed. Whether the figures follow from the facts, upheld-verify.pyz tells.",
    "not verified": "NOT VERIFIED. Do not rely on this bundle: what is wrong with it is said above.",
    "consistent, signer not proven": "CONSISTENT, SIGNER NOT PROVEN. The parts fit each other; who made them is not proven without the key from your copy of the signed agreement.",
  };

  // Text from the bundle can neither break a line nor steer the terminal.
  const plain = (line) => line.replace(/[\p{C}\p{Z}]/gu, (letter) => (letter === " " ? letter : `\\u{${letter.codePointAt(0).toString(16)}}`)).slice(0, 2000);

  function tell(report) {
    const lines = report.checks.flatMap(({ check, result, told }) => {
      const [first, ...more] = told.slice(0, 40);
      return [`${result.padEnd(11)}${check}: ${first}`, ...more.map((line) => `${"".padEnd(11)}${line}`)];
    });
    return [...lines, "", CONCLUSIONS[report.outcome]].map(plain);
  }

  const api = {
    CHECKS, EXIT, KINDS, Wrong, WrongUse, explainConsistency, explainInclusion, explainSignature, fieldsOf, leafHash, nodeHash, openNote,
    readBase64, readCanonical, readCheckpoint, readContainer, readFact, readKey, readNote, rootOf, sha256, sha512, tell, verifyBundle,
  };

  // ---- Node: a command

  function runCommand(fs, args) {
    const use = (what) => { process.stderr.write(`upheld-verify: ${plain(what)}\nusage: node upheld-verify.js bundle.zip [--key NAME+ID+KEY] [--json]\n`); return 2; };
    const paths = [];
    let key = null, asJson = false;
    for (let i = 0; i < args.length; i++) {
      if (args[i] === "--json") asJson = true;
      else if (args[i] === "--key" && i + 1 < args.length) key = args[++i];
      else if (args[i].startsWith("--key=")) key = args[i].slice(6);
      else if (args[i].startsWith("-")) return use(`${args[i]} is not known`);
      else paths.push(args[i]);
    }
    if (paths.length !== 1) return use("give the path of one bundle");
    let data, report;
    try {
      if (fs.statSync(paths[0]).size > LARGEST) data = new Uint8Array(LARGEST + 1); else data = new Uint8Array(fs.readFileSync(paths[0]));
    } catch (wrong) {
      return use(`${paths[0]} cannot be read (${wrong.code || wrong.message}); give the path of the bundle, a zip file`);
    }
    try {
      report = verifyBundle(data, key);
    } catch (wrong) {
      if (wrong instanceof WrongUse) return use(wrong.message);
      throw wrong;
    }
    process.stdout.write(asJson ? `${JSON.stringify(report, null, 2)}\n` : `Bundle ${plain(paths[0])}\n\n${tell(report).join("\n")}\n`);
    return EXIT[report.outcome];
  }

  // ---- a browser: drop the bundle on the page

  function showPage(document) {
    const make = (name, properties, ...within) => { const element = Object.assign(document.createElement(name), properties); element.append(...within); return element; };
    const key = make("input", { id: "key", type: "text", spellcheck: false, autocomplete: "off", placeholder: "name+id+key" });
    const file = make("input", { id: "bundle", type: "file", accept: ".zip" });
    const answer = make("pre", { id: "answer" });
    answer.setAttribute("role", "status");
    let dropped = null;
    const answerNow = async () => {
      if (!dropped) return;
      try {
        const data = dropped.size > LARGEST ? new Uint8Array(LARGEST + 1) : new Uint8Array(await dropped.arrayBuffer());
        const report = verifyBundle(data, key.value.trim() || null);
        answer.dataset.outcome = report.outcome;
        answer.textContent = `Bundle ${plain(dropped.name)}\n\n${tell(report).join("\n")}\n`;
      } catch (wrong) {
        answer.dataset.outcome = "wrong use";
        answer.textContent = plain(wrong.message);
      }
    };
    const take = (files) => { if (files.length) { dropped = files[0]; answerNow(); } };
    file.addEventListener("change", () => take(file.files));
    key.addEventListener("change", answerNow);
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
    document.body.append(
      make("h1", {}, "Check a statement's bundle"),
      make("p", {}, "Drop the bundle anywhere on this page, or choose it. Nothing leaves this machine."),
      make("p", {}, make("label", { htmlFor: "key" }, "The key, from your copy of the signed agreement: "), key),
      make("p", {}, make("label", { htmlFor: "bundle" }, "The bundle: "), file), answer);
  }

  if (typeof module === "object" && module.exports) {
    module.exports = api;
    if (require.main === module) process.exitCode = runCommand(require("fs"), process.argv.slice(2));
  } else {
    globalThis.upheldVerify = api;
    const start = () => showPage(document);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
  }
})();
