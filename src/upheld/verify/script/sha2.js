  // ---- SHA-2 (FIPS 180-4). Its constants are the first bits of the roots of the first primes, so they are computed.

  const PRIMES = [];
  for (let n = 2; PRIMES.length < 80; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);

  function rootBits(prime, power) {
    const wanted = BigInt(prime) << BigInt(64 * power);
    let low = 0n, high = 1n << 70n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(power) <= wanted) low = middle; else high = middle;
    }
    return low & (1n << 64n) - 1n;
  }

  const K512 = PRIMES.map((prime) => rootBits(prime, 3)), H512 = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2));
  const K256 = Int32Array.from(K512.slice(0, 64), (k) => Number(k >> 32n) | 0);
  const H256 = Int32Array.from(H512, (h) => Number(h >> 32n) | 0);

  function padded(message, block, lengthBytes) {
    const size = Math.ceil((message.length + 1 + lengthBytes) / block) * block;
    const whole = new Uint8Array(size);
    whole.set(message);
    whole[message.length] = 0x80;
    const view = new DataView(whole.buffer);
    view.setUint32(size - 8, Math.floor(message.length / 2 ** 29));
    view.setUint32(size - 4, message.length * 8 % 2 ** 32);
    return view;
  }

  function sha256(message) {
    const view = padded(message, 64, 8), h = Int32Array.from(H256), w = new Int32Array(64);
    const turn = (x, n) => x >>> n | x << 32 - n;
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10) | 0;
      }
      let a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], last = h[7];
      for (let i = 0; i < 64; i++) {
        const one = last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K256[i] + w[i] | 0;
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
        last = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
      }
      h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += last;
    }
    const digest = new DataView(new ArrayBuffer(32));
    h.forEach((value, i) => digest.setInt32(4 * i, value));
    return new Uint8Array(digest.buffer);
  }

  function sha512(message) {
    const view = padded(message, 128, 16), h = H512.slice(), cut = (x) => BigInt.asUintN(64, x);
    const turn = (x, n) => x >> n | cut(x << 64n - n);
    for (let at = 0; at < view.byteLength; at += 128) {
      const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i));
      for (let i = 16; i < 80; i++) {
        const a = w[i - 15], b = w[i - 2];
        w.push(cut(w[i - 16] + (turn(a, 1n) ^ turn(a, 8n) ^ a >> 7n) + w[i - 7] + (turn(b, 19n) ^ turn(b, 61n) ^ b >> 6n)));
      }
      let [a, b, c, d, e, f, g, last] = h;
      for (let i = 0; i < 80; i++) {
        const one = last + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + (e & f ^ cut(~e) & g) + K512[i] + w[i];
        const two = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + (a & b ^ a & c ^ b & c);
        last = g; g = f; f = e; e = cut(d + one); d = c; c = b; b = a; a = cut(one + two);
      }
      [a, b, c, d, e, f, g, last].forEach((value, i) => { h[i] = cut(h[i] + value); });
    }
    const digest = new DataView(new ArrayBuffer(64));
    h.forEach((value, i) => digest.setBigUint64(8 * i, value));
    return new Uint8Array(digest.buffer);
  }

