  // ---- keys, notes, checkpoints (C2SP)

  const isSignerName = (name) => name !== "" && !/[\p{White_Space}+\0-\x1f\p{Surrogate}]/u.test(name);
  const splitOnce = (text, mark) => { const at = text.indexOf(mark); return at < 0 ? null : [text.slice(0, at), text.slice(at + mark.length)]; };

  function readKey(written) {
    const text = written.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, ""), [name, rest] = splitOnce(text, "+") || refuse(`a verifier key is name+id+key, came ${show(text)}`);
    const [id, encoded] = splitOnce(rest, "+") || refuse(`a verifier key is name+id+key, came ${show(text)}`);
    if (!isSignerName(name)) refuse(`this cannot name a signer: ${show(name)}`);
    if (!/^[0-9a-f]{8}$/.test(id)) refuse(`a key id is 8 lower-case hex digits, came ${show(id)}`);
    const material = readBase64(encoded);
    if (material[0] !== 1 || material.length !== 33) refuse("a verifier verifies Ed25519: a byte 0x01, then 32 bytes of public key");
    const due = hex(sha256(join(utf8(name), [10], material)).slice(0, 4));
    if (due !== id) refuse(`the id of this key of ${name} is ${due}, came ${id}; copy the whole key again from the agreement`);
    return { name, id, publicKey: material.slice(1), text };
  }

  function readNote(bytes) {
    if (bytes.length > LARGEST_NOTE) refuse(`a note has at most ${LARGEST_NOTE} bytes`);
    const note = readText(bytes), cut = note.lastIndexOf("\n\n");
    if (/[\0-\x09\x0b-\x1f]/.test(note)) refuse("a note has no control characters but newlines");
    if (cut < 0) refuse("a note has an empty line between its text and its signatures");
    const below = note.slice(cut + 2);
    if (!below.endsWith("\n")) refuse("a note ends with a newline after its last signature");
    const lines = below.slice(0, -1).split("\n");
    if (lines.length > MOST_SIGNATURES) refuse(`a note has at most ${MOST_SIGNATURES} signatures`);
    const signatures = lines.map((line) => {
      const parts = line.startsWith("\u2014 ") ? splitOnce(line.slice(2), " ") : null;
      if (!parts) refuse(`a signature line is an em dash, a name and base64; came ${show(line)}`);
      if (!isSignerName(parts[0])) refuse(`this cannot name a signer: ${show(parts[0])}`);
      const blob = readBase64(parts[1]);
      if (blob.length <= 4) refuse("a signature is too short for a key id and a signature");
      return { name: parts[0], id: hex(blob.slice(0, 4)), signature: blob.slice(4) };
    });
    return { text: note.slice(0, cut + 1), signatures };
  }

  // The signatures that no key at hand could check; refuses where the key's own is wrong, or is not there.
  function openNote(note, key) {
    const isOurs = (line) => line.name === key.name && line.id === key.id;
    const ours = note.signatures.filter(isOurs);
    if (!ours.length) refuse(`no known key has signed the note: known ${key.text}. Take the key from the signed agreement`);
    for (const { name, signature } of ours) {
      const problem = explainSignature(key.publicKey, utf8(note.text), signature);
      if (problem) refuse(`the signature by ${name}: ${problem}`);
    }
    return note.signatures.filter((line) => !isOurs(line));
  }

  function readCheckpoint(text) {
    const lines = text.split("\n");
    if (lines.pop() !== "" || lines.length < 3) refuse("a checkpoint has a line each for origin, size and root");
    const [origin, digits, encoded] = lines;
    if (!/^(0|[1-9][0-9]{0,15})$/.test(digits) || !isSize(Number(digits))) refuse(`a size is a whole number below 2**53, came ${show(digits)}`);
    const size = Number(digits), root = readBase64(encoded);
    if (lines.some((line) => line === "" || /[\0-\x1f]/.test(line))) refuse("a line of a checkpoint is not empty and has no control characters");
    if (root.length !== 32) refuse(`a root has 32 bytes, came ${root.length}`);
    if (size === 0 && !same(root, EMPTY)) refuse("the root of an empty tree is the hash of nothing");
    return { origin, size, root };
  }

