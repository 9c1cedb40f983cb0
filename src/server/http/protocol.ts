import { TodoError } from "../../domain/errors.ts";
import { OLDEST_PROTOCOL, PROTOCOL } from "../../ports/sync.ts";

const NAME = "todo-protocol";
const COUNT = PROTOCOL - OLDEST_PROTOCOL + 1;

/** The header that names the protocol version of an answer to a replica. */
export const PROTOCOL_HEADER = { [NAME]: String(PROTOCOL) };

/** All supported versions, the newest first, as in an Upgrade header. */
export const PROTOCOLS = Array.from({ length: COUNT }, (_, age) => `${NAME}/${PROTOCOL - age}`).join(", ");

/** Throws `unsupported_protocol` for a version that is not supported. */
export function checkProtocol(version: number): void {
  if (version >= OLDEST_PROTOCOL && version <= PROTOCOL) return;
  throw new TodoError("unsupported_protocol", `this server speaks ${OLDEST_PROTOCOL} to ${PROTOCOL}`);
}

/** The same for the version in a request's header, if it has one. */
export function checkProtocolHeader(headers: Headers): void {
  const version = headers.get(NAME);
  if (version !== null) checkProtocol(/^\d{1,9}$/.test(version) ? Number(version) : Number.NaN);
}
