/**
 * A key for HMAC-SHA-256 from a server's secret (RFC 5869). Each purpose has a label of its own, so that what is signed for
 * one never passes for what is signed for another.
 */
export async function deriveKey(secret: string, label: string): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(label) },
    material,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign", "verify"],
  );
}
