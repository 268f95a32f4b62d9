  // ---- the checks

  const ok = (name, told) => ({ check: name, result: "ok", told: [told] });
  const judged = (name, problems, told) => (problems.length ? { check: name, result: "wrong", told: problems } : ok(name, told));
  const left = (names, because) => names.map((name) => ({ check: name, result: "not tried", told: [because] }));
  const attempt = (action) => {
    try {
      return { value: action() };
    } catch (wrong) {
      if (!(wrong instanceof Wrong)) throw wrong;
      return { problem: wrong.message };
    }
  };

  function readEntries(entries) {
    const problems = ENTRIES.filter((name) => !entries.has(name)).map((name) => `${name} is missing`);
    problems.push(...[...entries.keys()].filter((name) => !ENTRIES.includes(name)).map((name) => `${name} does not belong into a bundle`));
    if (problems.length) return { problems };
    const read = {};
    for (const name of ["terms.json", "calendars.json", "statement.json"]) {
      const { value, problem } = attempt(() => readCanonical(entries.get(name)));
      if (problem) problems.push(`${name}: ${problem}`);
      else if (!isObject(value)) problems.push(`${name}: expected one JSON object`);
      read[name] = value;
    }
    const facts = entries.get("facts.jsonl"), leaves = [];
    for (let start = 0, end; start < facts.length; start = end + 1) {
      end = facts.indexOf(10, start);
      if (end < 0) {
        problems.push("facts.jsonl: the last line has no end; the file was cut off");
        break;
      }
      leaves.push(facts.subarray(start, end));
    }
    return { problems, statement: read["statement.json"], leaves };
  }

  function readFacts(leaves) {
    const facts = [], problems = [];
    leaves.forEach((leaf, index) => {
      const { value, problem } = attempt(() => readFact(leaf));
      if (problem) problems.push(`facts.jsonl, entry ${index}: ${problem}`); else facts.push(value);
    });
    if (!leaves.length) problems.push("facts.jsonl holds no fact");
    const first = new Map();
    if (!problems.length) {
      facts.forEach(({ id, agreement }, index) => {
        if (first.has(id)) problems.push(`facts.jsonl, entry ${index}: the id ${id} is that of entry ${first.get(id)}`);
        else first.set(id, index);
        if (agreement !== facts[0].agreement) problems.push(`facts.jsonl, entry ${index}: ${id} belongs to the agreement ${agreement}`);
      });
    }
    return { facts, check: judged("facts", problems, `${facts.length} facts, each in its one spelling, there once, and of one agreement`) };
  }

  function namedKey(signings) {
    if (!signings.length) refuse("no fact says that the agreement was signed (agreement-signed/1), so nothing names its key");
    return readKey(signings[signings.length - 1].verifier_key);
  }

  function checkSignature(note, given, signings) {
    const { value: ignored, problem } = attempt(() => openNote(note, given || namedKey(signings)));
    if (problem) return judged("signature", [problem], "");
    const more = ignored.map(({ name, id }) => `another signature, by ${name}+${id}, was not verified: its key is not known here`);
    if (given) return { check: "signature", result: "ok", told: [`the checkpoint is signed with the key given, of ${given.name}`, ...more] };
    const told = "the checkpoint is signed with the key that this bundle itself names: anybody can make such a bundle."
      + " Take the key from your copy of the signed agreement, and give it";
    return { check: "signature", result: "not proven", told: [told, ...more] };
  }

  function checkTree(leaves, checkpoint) {
    const problems = [];
    if (leaves.length !== checkpoint.size) problems.push(`the checkpoint covers ${checkpoint.size} facts, facts.jsonl holds ${leaves.length}`);
    else if (!same(rootOf(leaves.map(leafHash)), checkpoint.root)) problems.push("these facts, in this order, have another root than the signed one");
    return judged("tree", problems, `the tree over these ${leaves.length} facts, in this order, has the signed root`);
  }

  function checkKey(given, signings) {
    const { value: named, problem } = attempt(() => namedKey(signings));
    if (problem) return judged("key", [problem], "");
    const problems = given && given.text !== named.text ? [`the agreement, as last signed, names the key ${named.text}; given is ${given.text}`] : [];
    return judged("key", problems, `the agreement names this key: ${named.text}`);
  }

  function checkIssued(statement, content, facts) {
    const places = facts.flatMap((fact, i) => (fact.type === "statement-issued/1" && fact.statement === statement.statement ? [i] : []));
    if (places.length !== 1) {
      return { check: judged("issued", [`${places.length} facts say that a statement ${show(statement.statement)} was issued, expected is one`], "") };
    }
    const [place] = places, fact = facts[place], problems = [];
    const instant = (name) => writeInstant(readInstant(fact[name]));
    if (hex(sha256(content)) !== fact.digest) problems.push(`statement.json is not what was issued: its SHA-256 is not ${fact.digest}`);
    const due = {
      period: [instant("period_from_at"), instant("period_to_at")], as_of: instant("as_of"), follows: has(fact, "follows") ? fact.follows : "", agreement: fact.agreement,
    };
    for (const [name, value] of Object.entries(due)) {
      const said = has(statement, name) ? JSON.stringify(statement[name]) : "nothing";
      if (said !== JSON.stringify(value)) problems.push(`statement.json says ${name} ${said}, it was issued with ${JSON.stringify(value)}`);
    }
    return { place, fact, check: judged("issued", problems, `entry ${place} of the ledger says that this statement was issued`) };
  }

  // Corrected facts do not hold; a correction of a correction brings the first back; in a circle they correct nothing.
  function findVoid(facts) {
    const corrections = facts.filter((fact) => fact.type === "fact-corrected/1"), isVoid = new Map();
    const open = new Map(corrections.map((fact) => [fact.id, fact.corrects]));
    let before;
    do {
      before = isVoid.size;
      for (const [id, target] of open) {
        const sources = corrections.filter((fact) => fact.corrects === id).map((fact) => fact.id);
        if (sources.some((source) => isVoid.get(source) === false)) isVoid.set(id, true);
        else if (sources.every((source) => isVoid.get(source) === true)) isVoid.set(id, false);
      }
    } while (isVoid.size !== before);
    return new Set(corrections.filter((fact) => isVoid.get(fact.id) === false).map((fact) => fact.corrects));
  }

  function findSigning(facts, issued) {
    const asOf = readInstant(issued.as_of), start = readInstant(issued.period_from_at);
    const known = facts.filter((fact) => fact.recorded <= asOf), gone = findVoid(known);
    const order = (a, b) => (a.occurred !== b.occurred ? (a.occurred < b.occurred ? -1 : 1)
      : a.recorded !== b.recorded ? (a.recorded < b.recorded ? -1 : 1) : byCodePoint(a.id, b.id));
    const signed = known.filter((fact) => fact.type === "agreement-signed/1" && !gone.has(fact.id)).sort(order);
    const inForce = signed.filter((fact) => fact.occurred <= start), first = signed.filter((fact) => fact.occurred === signed[0].occurred);
    return (inForce.length ? inForce : first).pop();
  }

  function checkAgreement(entries, signing) {
    if (!signing) return judged("agreement", ["no fact before the statement says that the agreement was signed"], "");
    const due = { "agreement.md": signing.source_digest, "terms.json": signing.terms_digest, "calendars.json": signing.calendars_digest };
    const problems = Object.entries(due).filter(([name, digest]) => hex(sha256(entries.get(name))) !== digest);
    return judged("agreement", problems.map(([name]) => `${name} is not what was signed (${signing.id}): its SHA-256 differs`),
      `text, terms and calendars are those of version ${signing.version}`);
  }

  const FIGURES = { check: "figures", result: "not here", told: ["figures are computed again by the other verifier: python upheld-verify.pyz"] };

  // All checks of a bundle (a Uint8Array), with the key that its reader holds or null. Throws WrongUse where the key is none.
  function verifyBundle(data, key) {
    const { value: given, problem: noKey } = attempt(() => (key === null || key === undefined ? null : readKey(key)));
    if (noKey) throw new WrongUse(noKey);
    const checks = runChecks(data, given), results = new Set(checks.map((check) => check.result));
    const outcome = results.has("wrong") || results.has("not tried") ? "not verified"
      : results.has("not proven") ? "consistent, signer not proven" : "verified";
    return { outcome, checks };
  }

  function runChecks(data, given) {
    const { value: entries, problem } = attempt(() => readContainer(data));
    if (problem) return [judged("container", [problem], ""), ...left(CHECKS.slice(1), "the container could not be read")];
    const sound = ok("container", `${entries.size} entries, and all ${data.length} bytes are as they must be`);
    const parts = readEntries(entries), read = judged("entries", parts.problems, "the six entries are there, each in its one spelling");
    if (parts.problems.length) return [sound, read, ...left(CHECKS.slice(2), "an entry could not be read")];
    const { facts, check: readable } = readFacts(parts.leaves);
    if (readable.result !== "ok") return [sound, read, readable, ...left(CHECKS.slice(2).filter((name) => name !== "facts"), "the facts could not be read")];
    const signings = facts.filter((fact) => fact.type === "agreement-signed/1");
    const opened = attempt(() => { const note = readNote(entries.get("checkpoint.txt")); return { note, head: readCheckpoint(note.text) }; });
    const checks = [sound, read, readable];
    if (opened.problem) {
      checks.push(judged("signature", [`checkpoint.txt: ${opened.problem}`], ""), ...left(["tree", "agreement's ledger"], "the checkpoint could not be read"));
    } else {
      const { note, head } = opened.value, { agreement } = facts[0];
      const strange = head.origin.endsWith(`/${agreement}`) ? [] : [`the checkpoint is of the tree ${head.origin}, the facts are of the agreement ${agreement}`];
      checks.push(checkSignature(note, given, signings), checkTree(parts.leaves, head));
      checks.push(judged("agreement's ledger", strange, `the checkpoint is of the tree ${head.origin}`));
    }
    checks.push(checkKey(given, signings));
    const { place, fact, check: issued } = checkIssued(parts.statement, entries.get("statement.json"), facts);
    if (!fact) return [...checks, issued, ...left(["agreement", "figures"], "which facts count depends on when the statement was issued")];
    return [...checks, issued, checkAgreement(entries, findSigning(facts.slice(0, place), fact)), FIGURES];
  }

