const MIN_BYTES = 32;
const MIN_DIFFERENT = 8;

/** Parts of well-known example secrets in documentation and templates, in lower case. */
const KNOWN = [
  ["changeme", "change-me", "change_me", "change this", "replace-me", "replace_me", "placeholder", "insecure"],
  ["your-secret", "your_secret", "yoursecret", "your secret", "your-256-bit-secret", "secret-key", "secret_key"],
  ["my-secret", "my_secret", "mysecret", "super-secret", "super_secret", "supersecret", "topsecret", "keyboard cat"],
  ["a-string-secret-at-least", "a-valid-string-secret", "better-auth-secret"],
  ["example", "password", "qwertyuiop", "1234567890", "0123456789", "abcdefghij"],
].flat();

/** PEM, JWK, OpenSSH, and the Base64 of an Ed25519, P-256 or RSA key (SubjectPublicKeyInfo) without its PEM lines. */
const PUBLIC_KEY =
  /-----BEGIN|"kty"|"keys"|(?:^|,)(?:ssh-|ecdsa-|MCowBQYDK2Vw|MFkwEwYHKoZIzj0C|MII[\w+/]{2}jANBgkqhkiG9w0B)/;

/** Whether the text is a public key. Anybody could sign with it as a secret. */
export function isPublicKey(text: string): boolean {
  return PUBLIC_KEY.test(text);
}

/** The reason why a secret must not sign tokens, or null. It never repeats the secret. */
export function findSecretIssue(secret: string): string | null {
  if (secret === "") return "is empty";
  if (secret.trim() !== secret) return "begins or ends with white space";
  const lower = secret.toLowerCase();
  if (KNOWN.some((part) => lower.includes(part))) return "contains a known example";
  // RFC 7518, 3.2: a key must be at least as long as the hash.
  if (new TextEncoder().encode(secret).length < MIN_BYTES) return `has fewer than ${MIN_BYTES} bytes`;
  if (new Set(secret).size < MIN_DIFFERENT) return `has fewer than ${MIN_DIFFERENT} different characters`;
  return null;
}
