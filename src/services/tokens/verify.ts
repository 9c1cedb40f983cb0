import { compactVerify } from "jose";
import type { Compact } from "./compact.ts";

/** Whether this key made the token's signature (RFC 7515, 5.2), with the algorithm in its header. */
export async function isSignedWith({ text, header }: Compact, key: CryptoKey | Uint8Array): Promise<boolean> {
  try {
    await compactVerify(text, key, { algorithms: [header.alg] });
    return true;
  } catch {
    // Any error in jose or WebCrypto means that the token is not verified.
    return false;
  }
}
