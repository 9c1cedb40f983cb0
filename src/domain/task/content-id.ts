/**
 * An id that follows from content alone, so that it is the same wherever it is made: a UUID of version 8 from the hex
 * digits of the content's SHA-256 (RFC 9562, section 5.8).
 */
export function contentId(hash: string): string {
  const variant = "89ab".charAt(Number.parseInt(hash.charAt(16), 16) % 4);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ].join("-");
}
