  // ---- Ed25519 (RFC 8032 section 5.1.7), by the strict rules of the page. Not WebCrypto's: browsers differ in what they accept.

  const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (x) => { const rest = x % P; return rest < 0n ? rest + P : rest; };

  function power(base, exponent) {
    let result = 1n;
    for (let square = mod(base); exponent; exponent >>= 1n, square = square * square % P) {
      if (exponent & 1n) result = result * square % P;
    }
    return result;
  }

  const inverse = (x) => power(x, P - 2n), D = mod(-121665n * inverse(121666n)), ROOT = power(2n, (P - 1n) / 4n);
  const fromLittle = (bytes) => bytes.reduceRight((number, byte) => number << 8n | BigInt(byte), 0n);

  function decodePoint(bytes) {
    const number = fromLittle(bytes), sign = number >> 255n, y = number & 2n ** 255n - 1n;
    if (y >= P) return null;
    const above = mod(y * y - 1n), below = mod(D * y * y + 1n), quotient = above * inverse(below) % P;
    let x = power(quotient, (P + 3n) / 8n);
    if (x * x % P !== quotient) x = x * ROOT % P;
    if (x * x % P !== quotient || (x === 0n && sign)) return null;
    if ((x & 1n) !== sign) x = P - x;
    return [x, y, 1n, x * y % P];
  }

  function encodePoint([x, y, z]) {
    const back = inverse(z);
    let number = y * back % P | (x * back % P & 1n) << 255n;
    return Uint8Array.from({ length: 32 }, () => { const byte = Number(number & 255n); number >>= 8n; return byte; });
  }

  // The complete sum of RFC 8032 section 5.1.4: right for equal points too.
  function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = (y1 - x1) * (y2 - x2), b = (y1 + x1) * (y2 + x2), c = 2n * t1 * D % P * t2, d = 2n * z1 * z2;
    const e = mod(b - a), f = mod(d - c), g = mod(d + c), h = mod(b + a);
    return [e * f % P, g * h % P, f * g % P, e * h % P];
  }

  function multiply(scalar, point) {
    let total = [0n, 1n, 1n, 0n];
    for (let double = point; scalar; scalar >>= 1n, double = add(double, double)) {
      if (scalar & 1n) total = add(total, double);
    }
    return total;
  }

  const BASE_Y = 4n * inverse(5n) % P;
  const BASE = decodePoint(encodePoint([0n, BASE_Y, 1n, 0n]));
  const hasSmallOrder = (point) => { const [x, y, z] = multiply(8n, point); return x === 0n && y === z; };

  function explainSignature(publicKey, message, signature) {
    if (signature.length !== 64) return `an Ed25519 signature has 64 bytes, came ${signature.length}`;
    const key = decodePoint(publicKey);
    if (!key) return "the public key is not the encoding of a point of the curve";
    if (hasSmallOrder(key)) return "the public key is a point of small order, which proves no signer";
    const r = signature.slice(0, 32), s = fromLittle(signature.slice(32));
    if (s >= L) return "the number S of the signature is not below the group's order";
    const k = fromLittle(sha512(join(r, publicKey, message))) % L, [x, y, z, t] = key;
    const expected = add(multiply(s, BASE), multiply(k, [mod(-x), y, z, mod(-t)]));
    if (!same(encodePoint(expected), r)) return "the signature does not fit this message and this key";
    return hasSmallOrder(expected) ? "the point R of the signature is of small order" : null;
  }

