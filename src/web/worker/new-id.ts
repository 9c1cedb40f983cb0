const VERSION_7 = 0x70;
const VARIANT = 0x80;

/** A UUID of version 7 (RFC 9562): the time in Unix milliseconds, then random bits. */
export function newId(now: number, randomBytes = crypto.getRandomValues(new Uint8Array(16))): string {
  const bytes = new DataView(randomBytes.buffer);
  bytes.setUint16(0, Math.floor(now / 2 ** 32));
  bytes.setUint32(2, now >>> 0);
  bytes.setUint8(6, VERSION_7 | (bytes.getUint8(6) & 0x0f));
  bytes.setUint8(8, VARIANT | (bytes.getUint8(8) & 0x3f));
  return randomBytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
