  // ---- canonical JSON: a narrow profile of RFC 8785

  function writeCanonical(value, depth = 0) {
    if (value === null || typeof value === "boolean") return String(value);
    if (typeof value === "string") {
      if (/\p{Surrogate}/u.test(value)) refuse("half of a surrogate pair is not text");
      if (value !== value.normalize("NFC")) refuse(`text must be in Unicode form NFC, came ${show(value)}`);
      return JSON.stringify(value);
    }
    if (typeof value === "number") {
      return Number.isSafeInteger(value) ? JSON.stringify(value) : refuse("numbers are whole and within +-(2**53 - 1)");
    }
    if (depth >= DEEPEST) refuse(`nested deeper than the ${DEEPEST} levels allowed`);
    if (Array.isArray(value)) return `[${value.map((item) => writeCanonical(item, depth + 1)).join(",")}]`;
    const keys = Object.keys(value).sort();
    const foreign = keys.find((key) => !/^[\x20-\x7e]*$/.test(key));
    if (foreign !== undefined) refuse(`a key must be printable ASCII text, came ${show(foreign)}`);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${writeCanonical(value[key], depth + 1)}`).join(",")}}`;
  }

  function readCanonical(bytes) {
    const text = readText(bytes);
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      refuse("expected JSON");
    }
    if (writeCanonical(value) !== text) refuse("not in canonical form: no white space, each key once and in order, the shortest escapes");
    return value;
  }

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

