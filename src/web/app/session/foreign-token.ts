/** A token of another server, whose it is, and when it ends (Unix seconds). */
export type ForeignToken = { readonly token: string; readonly subject: string; readonly expiresAt: number };

/** Reads the reply of the route `token` of Better Auth. undefined for what is no such reply. */
export function readForeignToken(reply: unknown): ForeignToken | undefined {
  try {
    const { token }: { readonly token: string } = Object(reply);
    const { sub: subject, exp: expiresAt } = JSON.parse(decodePart(token.split(".")[1] ?? ""));
    if (typeof subject === "string" && typeof expiresAt === "number") return { token, subject, expiresAt };
  } catch {
    // It is no text, or no token (RFC 7519, section 3).
  }
  return undefined;
}

function decodePart(part: string): string {
  return atob(part.replaceAll("-", "+").replaceAll("_", "/"));
}
