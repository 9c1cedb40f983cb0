import { describe, expect, test } from "bun:test";
import { importPublicKey } from "../../../src/services/tokens/public-keys.ts";
import { ALL_KEYS, ed, es, makeKey, rs } from "./issuer.ts";

const p384 = await makeKey("ES384", "es-384");
const rs2048 = await makeKey("RS512", "rs-512");
const small = await crypto.subtle.generateKey(
  { name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" },
  true,
  ["sign", "verify"],
);
const { n: smallModulus } = await crypto.subtle.exportKey("jwk", small.publicKey);
const noAlg = (jwk: object) => ({ ...jwk, alg: undefined });

describe("a key of a key set is used that", () => {
  test.each(ALL_KEYS)("is for $alg", async ({ alg, kid, jwk }) => {
    expect(await importPublicKey(jwk)).toMatchObject({ alg, kid });
  });

  test.each(ALL_KEYS)("fits $alg without saying so, and has neither use nor name", async ({ alg, jwk }) => {
    const bare = { ...jwk, alg: undefined, use: undefined, kid: undefined };
    expect(await importPublicKey(bare)).toMatchObject({ alg, kid: undefined });
  });

  test.each(ALL_KEYS)("says of $alg that it verifies, among other things", async ({ alg, jwk }) => {
    expect(await importPublicKey({ ...jwk, key_ops: ["verify"] })).toMatchObject({ alg });
    expect(await importPublicKey({ ...jwk, key_ops: ["sign", "verify"], ext: false, x5t: "x" })).toMatchObject({ alg });
  });

  test("is the same key as another only when all that matters is the same", async () => {
    const [once, again, renamed, other] = await Promise.all(
      [ed.jwk, { ext: true, ...ed.jwk }, { ...ed.jwk, kid: "x" }, (await makeKey("EdDSA", "ed-1")).jwk].map(
        importPublicKey,
      ),
    );
    expect(again?.source).toBe(once?.source ?? "");
    expect(renamed?.source).not.toBe(once?.source ?? "");
    expect(other?.source).not.toBe(once?.source ?? "");
  });
});

describe("a key of a key set is left out that", () => {
  test.each<[string, unknown]>([
    ["is symmetric", { kty: "oct", k: "c2VjcmV0", alg: "HS256", use: "sig" }],
    ["is for encryption", { ...ed.jwk, use: "enc" }],
    ["has another use", { ...ed.jwk, use: "SIG" }],
    ["may do other things than verify", { ...ed.jwk, key_ops: ["encrypt"] }],
    ["may do nothing", { ...ed.jwk, key_ops: [] }],
    ["has its private part with it", { ...ed.jwk, d: "AAAA" }],
    ["has a prime of its own with it", { ...rs.jwk, p: "AQ" }],
    ["has a symmetric part with it", { ...rs.jwk, k: "AQ" }],
    ["is an RSA key of 1024 bits", { ...rs.jwk, n: smallModulus }],
    ["is an RSA key with the exponent 1", { ...rs.jwk, e: "AQ" }],
    ["is an RSA key with the exponent 3", { ...rs.jwk, e: "Aw" }],
    ["is an RSA key for PS256", { ...rs.jwk, alg: "PS256" }],
    ["is an RSA key for RS512", rs2048.jwk],
    ["is an RSA key for encryption", { ...rs.jwk, alg: "RSA-OAEP" }],
    ["is an RSA key for HS256", { ...rs.jwk, alg: "HS256" }],
    ["is a curve that no token here uses", p384.jwk],
    ["is a curve that no token here uses and does not say for what", noAlg(p384.jwk)],
    ["is a point of another curve than it says", { ...p384.jwk, crv: "P-256", alg: "ES256" }],
    ["is no point of its curve", { ...es.jwk, y: es.jwk.x }],
    ["is a key for agreement", { ...ed.jwk, crv: "X25519" }],
    ["is of a curve that nobody knows", { ...ed.jwk, crv: "Ed25519x" }],
    ["says another algorithm than its kind has", { ...ed.jwk, alg: "ES256" }],
    ["says alg none", { ...ed.jwk, alg: "none" }],
    ["is of another kind than it says", { ...es.jwk, kty: "RSA" }],
    ["has a name that is no text", { ...ed.jwk, kid: 1 }],
    ["has no x", { ...ed.jwk, x: undefined }],
    ["has an x that is no text", { ...ed.jwk, x: [1] }],
    ["has an x that is too short", { ...ed.jwk, x: "AAAA" }],
    ["has no kind", { ...ed.jwk, kty: undefined }],
    ["is null", null],
    ["is a text", "key"],
    ["is a list", [ed.jwk]],
  ])("%s", async (_, jwk) => {
    expect(await importPublicKey(jwk)).toBeNull();
  });
});
