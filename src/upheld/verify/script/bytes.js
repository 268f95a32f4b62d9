  // ---- bytes

  const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const utf8 = (text) => new TextEncoder().encode(text);
  const show = (text) => JSON.stringify(String(text).slice(0, 80));

  function join(...parts) {
    const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    parts.reduce((at, part) => (joined.set(part, at), at + part.length), 0);
    return joined;
  }

  function readText(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return refuse("expected UTF-8");
    }
  }

  const DIGITS64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  // RFC 4648 section 4, padded; the bits that are left over at the end are zero.
  function readBase64(text) {
    const body = text.replace(/={0,2}$/, "");
    if (text.length % 4 || !/^[A-Za-z0-9+/]*$/.test(body)) refuse(`expected base64, came ${show(text)}`);
    const bytes = [];
    let bits = 0, held = 0;
    for (const digit of body) {
      bits = (bits << 6 | DIGITS64.indexOf(digit)) & 0xffff;
      held += 6;
      if (held >= 8) bytes.push(bits >> (held -= 8) & 255);
    }
    if (held >= 6 || bits & (1 << held) - 1) refuse(`expected base64 with zero bits at its end, came ${show(text)}`);
    return Uint8Array.from(bytes);
  }

  // Code points, not UTF-16 units: the two differ above U+FFFF.
  function byCodePoint(one, other) {
    const a = Array.from(one, (l) => l.codePointAt(0)), b = Array.from(other, (l) => l.codePointAt(0));
    const at = a.findIndex((point, i) => point !== b[i]);
    return at < 0 ? a.length - b.length : (at >= b.length ? 1 : a[at] - b[at]);
  }

