import { codeOf, TodoError } from "../domain/errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program has it",
  EACCES: "permission denied",
  EADDRNOTAVAIL: "this machine has no such address",
  EINVAL: "it is not an address",
  ENOTFOUND: "there is no such host",
};

/** Errors that the runtime throws for a wrong call. No other host or port would help. */
const OWN_BUGS = [TypeError, RangeError, ReferenceError];

/**
 * Explains to the user why a server can't listen. The look-up of a host can fail in many ways, so an unknown code
 * counts too. A bug of this program is returned unchanged.
 */
export function explainListenError(cause: unknown, host: string, port: number): unknown {
  if (!(cause instanceof Error)) return cause;
  const isOwnBug = OWN_BUGS.some((bug) => cause instanceof bug);
  if (isOwnBug && isHost(host)) return cause;
  return new TodoError(
    "usage",
    `can't listen on ${host}, port ${port}: ${readReason(isOwnBug ? "EINVAL" : codeOf(cause))}`,
    {
      hints: ["Choose another with --host or HOST, --port or PORT; port 0 takes a free one."],
      cause,
    },
  );
}

function readReason(code: string | undefined): string {
  return REASONS[code ?? ""] ?? `the system can't do it${code === undefined ? "" : ` (${code})`}`;
}

/** Whether the host can stand in a URL. Bun throws a `TypeError` for one that can't, such as `::1%nope`. */
function isHost(host: string): boolean {
  return URL.canParse(`http://${host.includes(":") ? `[${host}]` : host}`);
}
