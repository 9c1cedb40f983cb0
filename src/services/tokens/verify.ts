import { compactVerify } from "jose";
import type { Compact } from "./compact.ts";

/** Whether this one key made the token's signature (RFC 7515, 5.2), with the algorithm that its header was routed by. */
export async function isSignedWith({ text, header }: Compact, key: CryptoKey | Uint8Array): Promise<boolean> {
  try {
    await compactVerify(text, key, { algorithms: [header.alg] });
    return true;
  } catch {
    // Whatever jose or WebCrypto stumble over, a token that could not be verified is not verified.
    return false;
  }
}
