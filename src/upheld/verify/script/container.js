  // ---- the container: a zip file that has one form

  const CRC = Int32Array.from({ length: 256 }, (_, n) => {
    for (let i = 0; i < 8; i++) n = n & 1 ? n >>> 1 ^ 0xedb88320 : n >>> 1;
    return n;
  });
  function crc32(bytes) {
    let crc = -1;
    for (let i = 0; i < bytes.length; i++) crc = CRC[(crc ^ bytes[i]) & 255] ^ crc >>> 8;
    return ~crc >>> 0;
  }

  // Reads one structure after the other and demands each number that the format fixes.
  function readContainer(data) {
    if (data.length > LARGEST) refuse(`a bundle has at most ${LARGEST} bytes, came ${data.length}`);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    const take = (size) => {
      if (at + size > data.length) refuse(`the file ends at byte ${data.length}, where byte ${at + size} is due; fetch it again`);
      return (at += size) - size;
    };
    const number = (size) => { const place = take(size); return size === 2 ? view.getUint16(place, true) : view.getUint32(place, true); };
    const due = (what, ...pairs) => pairs.forEach(([size, expected]) => {
      const place = at, came = number(size);
      if (came !== expected) refuse(`byte ${place}, in ${what}, is not as it must be: expected ${expected}, came ${came}`);
    });
    const text = (size) => { const place = take(size); return String.fromCharCode(...data.subarray(place, place + size)); };
    const comesLocal = () => at + 4 <= data.length && view.getUint32(at, true) === 0x04034b50;
    const listed = [], entries = new Map();
    while (comesLocal()) {
      const start = at;
      due("a header", [4, 0x04034b50], [2, 20], [2, 0], [2, 0], [2, 0], [2, 33]);
      const crc = number(4), size = number(4);
      due("a header", [4, size]);
      const letters = number(2);
      due("a header", [2, 0]);
      const name = text(letters), last = listed.length ? listed[listed.length - 1].name : "";
      if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name)) refuse(`an entry is named in small letters, digits, dots and dashes; came ${show(name)}`);
      if (name <= last) refuse(`${name} comes after ${last}; entries are sorted by name, each once`);
      if (listed.length === MOST_ENTRIES) refuse(`a bundle has at most ${MOST_ENTRIES} entries`);
      const content = data.subarray(take(size), at);
      if (crc32(content) !== crc) refuse(`the CRC-32 of ${name} does not fit its content`);
      listed.push({ name, crc, size, start });
      entries.set(name, content);
    }
    const list = at;
    for (const { name, crc, size, start } of listed) {
      const what = `the list's line for ${name}`;
      due(what, [4, 0x02014b50], [2, 788], [2, 20], [2, 0], [2, 0], [2, 0], [2, 33], [4, crc], [4, size], [4, size]);
      due(what, [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0o100644 * 65536], [4, start]);
      if (text(name.length) !== name) refuse(`${what} has another name`);
    }
    const length = at - list;
    due("the end of the list", [4, 0x06054b50], [2, 0], [2, 0], [2, listed.length], [2, listed.length], [4, length], [4, list], [2, 0]);
    if (at !== data.length) refuse(`${data.length - at} bytes follow the end of the container`);
    return entries;
  }

