import { importJWK } from "jose";
import { z } from "zod";
import type { TokenHeader } from "./compact.ts";

/** A key that only verifies. */
export type PublicKey = {
  readonly kid: string | undefined;
  readonly alg: TokenHeader["alg"];
  readonly key: CryptoKey;
  /** Two keys with the same source are the same key. */
  readonly source: string;
};

const MIN_RSA_BITS = 2048;

/** A private member in a public set means that the key is compromised. */
const absent = z.never().optional();

/** The only allowed purpose of a key: verifying signatures. */
const purpose = z.object({
  kid: z.string().optional(),
  use: z.literal("sig").optional(),
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes("verify"))
    .optional(),
  d: absent,
  p: absent,
  q: absent,
  dp: absent,
  dq: absent,
  qi: absent,
  oth: absent,
  k: absent,
  priv: absent,
});

/** One algorithm for each kind of key, so that a token's header can't choose between two (RFC 7518, 6; RFC 8037, 2). */
const material = z.discriminatedUnion("kty", [
  z.object({
    kty: z.literal("RSA"),
    alg: z.literal("RS256").default("RS256"),
    n: z.string(),
    // 65537, as all issuers use it. WebCrypto would also take an exponent of 1, with which anybody can sign.
    e: z.literal("AQAB"),
  }),
  z.object({
    kty: z.literal("EC"),
    alg: z.literal("ES256").default("ES256"),
    crv: z.literal("P-256"),
    x: z.string(),
    y: z.string(),
  }),
  z.object({
    kty: z.literal("OKP"),
    // RFC 9864 gives EdDSA with this curve a name of its own. Both are one algorithm.
    alg: z
      .enum(["EdDSA", "Ed25519"])
      .default("EdDSA")
      .transform(() => "EdDSA" as const),
    crv: z.literal("Ed25519"),
    x: z.string(),
  }),
]);

/** Whether signatures of this algorithm are verified with the key. */
export function verifies({ alg }: PublicKey, named: TokenHeader["alg"]): boolean {
  return alg === (named === "Ed25519" ? "EdDSA" : named);
}

/** The key of a JWK (RFC 7517), or null if tokens must not be verified with it. */
export async function importPublicKey(jwk: unknown): Promise<PublicKey | null> {
  const [meant, made] = [purpose.safeParse(jwk), material.safeParse(jwk)];
  if (!meant.success || !made.success) return null;
  const { kid } = meant.data;
  try {
    const key = await importJWK(made.data, made.data.alg);
    if (key instanceof Uint8Array || isShort(key)) return null;
    return { kid, alg: made.data.alg, key, source: JSON.stringify([kid, made.data]) };
  } catch {
    // For example a point that is not on its curve. The other keys of the set are good without it.
    return null;
  }
}

function isShort({ algorithm }: CryptoKey): boolean {
  return "modulusLength" in algorithm && Number(algorithm.modulusLength) < MIN_RSA_BITS;
}
