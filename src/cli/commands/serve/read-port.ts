import { TodoError } from "../../../domain/errors.ts";
import { quoteShort } from "../../../domain/task/text.ts";
import type { Io } from "../../platform/io.ts";

const DEFAULT_PORT = "8787";

export const PORT_OPTION = [
  "--port <port>",
  `the port to listen on, 0 for a free one; default: ${DEFAULT_PORT}`,
] as const;

/** The port to listen on: of the flag, else of PORT. Throws `usage`. */
export function readPort({ env }: Io, flag: string | undefined): number {
  const text = flag || env["PORT"] || DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new TodoError("usage", `${quoteShort(text)} is not a port`, { hints: ["Ports are 0 to 65535."] });
}
