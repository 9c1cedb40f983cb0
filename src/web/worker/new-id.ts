const VERSION_7 = 0x7000;
const VARIANT = 0x80;
/** The counter has 12 bits, of which the first is 0 at the beginning of a millisecond, so that it has room to grow. */
const MAX_COUNTER = 0xfff;
const FIRST_COUNTERS = 0x7ff;

/**
 * Makes UUIDs of version 7 (RFC 9562, method 1 of section 6.2). Each is greater than the one before, because tasks that are added
 * together stay in the order of their ids.
 */
export function createNewId(now: () => number): () => string {
  let time = 0;
  let counter = 0;
  return () => {
    const random = crypto.getRandomValues(new Uint8Array(16));
    const bytes = new DataView(random.buffer);
    const present = now();
    counter = present > time ? bytes.getUint16(6) & FIRST_COUNTERS : counter + 1;
    time = Math.max(present, time);
    if (counter > MAX_COUNTER) {
      time += 1;
      counter = 0;
    }
    bytes.setUint16(0, Math.floor(time / 2 ** 32));
    bytes.setUint32(2, time >>> 0);
    bytes.setUint16(6, VERSION_7 | counter);
    bytes.setUint8(8, VARIANT | (bytes.getUint8(8) & 0x3f));
    return toHex(random).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
}

/** Not all browsers that have the rest have `toHex` of arrays. */
function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
