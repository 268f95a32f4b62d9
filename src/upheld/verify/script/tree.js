  // ---- the tree of RFC 6962 and its proofs

  const leafHash = (entry) => sha256(join([0], entry)), nodeHash = (left, right) => sha256(join([1], left, right));
  const EMPTY = sha256(new Uint8Array(0));
  const isSize = (n) => Number.isSafeInteger(n) && n >= 0;
  const areHashes = (hashes) => hashes.every((hash) => hash.length === 32);

  function rootOf(hashes) {
    if (!hashes.length) return EMPTY;
    // Row by row; a node without a neighbour goes up as it is, which is the tree of the recursive definition.
    let row = hashes;
    while (row.length > 1) {
      const above = [];
      for (let i = 0; i < row.length; i += 2) above.push(i + 1 < row.length ? nodeHash(row[i], row[i + 1]) : row[i]);
      row = above;
    }
    return row[0];
  }

  // RFC 9162 section 2.1.3.2.
  function explainInclusion(leaf, index, size, proof, root) {
    if (!isSize(index) || !isSize(size) || index >= size) return `entry ${index} cannot be in a tree of ${size} entries`;
    if (!areHashes([leaf, root, ...proof])) return "a hash must be 32 bytes";
    let place = BigInt(index), last = BigInt(size) - 1n, hash = leaf;
    for (const sibling of proof) {
      if (last === 0n) return "the proof is too long";
      if (place & 1n || place === last) {
        hash = nodeHash(sibling, hash);
        while (!(place & 1n) && place) { place >>= 1n; last >>= 1n; }
      } else hash = nodeHash(hash, sibling);
      place >>= 1n;
      last >>= 1n;
    }
    if (last !== 0n) return "the proof is too short";
    return same(hash, root) ? null : "the proof leads to another root";
  }

  // RFC 9162 section 2.1.4.2, with an empty proof from the empty tree and between trees of one size.
  function explainConsistency(oldSize, oldRoot, newSize, newRoot, proof) {
    if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return `a tree of ${oldSize} entries cannot have grown to ${newSize}`;
    if (!areHashes([oldRoot, newRoot, ...proof])) return "a hash must be 32 bytes";
    if (oldSize === 0 && !same(oldRoot, EMPTY)) return "the root of an empty tree is the hash of nothing";
    if (oldSize === 0 || oldSize === newSize) {
      if (proof.length) return "the proof is too long";
      return oldSize !== newSize || same(oldRoot, newRoot) ? null : "two trees of one size have two roots";
    }
    let place = BigInt(oldSize) - 1n, last = BigInt(newSize) - 1n;
    while (place & 1n) { place >>= 1n; last >>= 1n; }
    // An old tree that is itself a node of the new one is left out of the proof: the verifier holds its root.
    const hashes = place ? proof.slice() : [oldRoot, ...proof];
    if (!hashes.length) return "the proof is too short";
    let before = hashes.shift(), after = before;
    for (const sibling of hashes) {
      if (last === 0n) return "the proof is too long";
      if (place & 1n || place === last) {
        before = nodeHash(sibling, before);
        after = nodeHash(sibling, after);
        while (!(place & 1n) && place) { place >>= 1n; last >>= 1n; }
      } else after = nodeHash(after, sibling);
      place >>= 1n;
      last >>= 1n;
    }
    if (last !== 0n) return "the proof is too short";
    return same(before, oldRoot) && same(after, newRoot) ? null : "the proof leads to other roots";
  }

