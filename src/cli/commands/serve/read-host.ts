import { TodoError } from "../../../domain/errors.ts";
import { quoteShort } from "../../../domain/task/text.ts";
import type { Io } from "../../platform/io.ts";

export const DEFAULT_HOST = "127.0.0.1";
const NAME_OR_IPV4 = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * The host to listen on: of the flag, else of HOST, else this machine alone. Compilers and shells set HOST to the name of
 * a platform or a machine, so it counts only if it is an address. Throws `usage`.
 */
export function readHost({ env }: Io, flag: string | undefined): string {
  if (flag) return withoutBrackets(flag);
  const host = withoutBrackets(env["HOST"] || DEFAULT_HOST);
  if (isAddress(host)) return host;
  throw new TodoError("usage", `HOST in your environment is ${quoteShort(host)}, which is no address to listen on`, {
    hints: [`Unset it, or give the address, which goes before it: todo serve --host ${DEFAULT_HOST}`],
  });
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

function isAddress(host: string): boolean {
  if (!host.includes(":")) return NAME_OR_IPV4.test(host);
  // URLs have no zone, as in fe80::1%eth0.
  return URL.canParse(`http://[${host.replace(/%\w+$/, "")}]`);
}
