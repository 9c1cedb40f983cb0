import { codeOf } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";

/** Why a server was not asked or not understood: what follows its name in the error, and what to do. */
export type Fault = { readonly problem: string; readonly hint: string };

const UNTOUCHED = "Your tasks here are not touched.";

/** Bun's `fetch` sends requests over TLS to the proxy that one of them names. */
const PROXY_VARIABLES = ["https_proxy", "HTTPS_PROXY"];

const UNREACHABLE: Fault = { problem: "can't be reached", hint: `Check the URL and your network. ${UNTOUCHED}` };

const UNKNOWN_AUTHORITY: Fault = {
  problem: "has a certificate of an authority that this machine does not know",
  hint: "If it is your own authority, name its certificate: SSL_CERT_FILE=/path/to/ca.crt todo …",
};

const UNREADABLE: Fault = {
  problem: "sends a reply that can't be unpacked",
  hint: "A proxy in front of it may be broken. Check the URL.",
};

/** By the codes of Bun's `fetch`: OpenSSL's names of verification errors, and its own. */
const FAULTS: Readonly<Record<string, Fault>> = {
  UnexpectedRedirect: { problem: "redirects to another address", hint: `Check the URL. ${UNTOUCHED}` },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    problem: "has a certificate for another name",
    hint: "Use the name that is in the certificate, or get a certificate for this one.",
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    problem: "has a certificate that it signed itself",
    hint: "If it is your own server, name the certificate: SSL_CERT_FILE=/path/to/server.crt todo …",
  },
  EPROTO: {
    problem: "does not speak TLS at this port",
    hint: "Check the port, and whether the URL begins with https.",
  },
  ZlibError: UNREADABLE,
  Z_DATA_ERROR: UNREADABLE,
  Z_BUF_ERROR: UNREADABLE,
  ZSTD_error_prefix_unknown: UNREADABLE,
};

/** The fault behind a request to a server that failed. */
export function describeFault(cause: unknown, server: string, { system, env }: Pick<Io, "system" | "env">): Fault {
  if (cause instanceof Error && cause.name === "TimeoutError") {
    return { problem: "does not answer", hint: UNREACHABLE.hint };
  }
  const code = codeOf(cause) ?? "";
  if (code === "ERR_PROXY_TUNNEL") return describeProxy(cause);
  if (code === "CERT_HAS_EXPIRED") return describeExpiry("has a certificate that has expired", system);
  if (code === "CERT_NOT_YET_VALID") return describeExpiry("has a certificate that is not valid yet", system);
  return FAULTS[code] ?? describeUnreachable(server, env);
}

/** The request may have failed on its way to a proxy, about which Bun's codes say nothing. */
function describeUnreachable(server: string, env: Io["env"]): Fault {
  const proxy = server.startsWith("https:") && PROXY_VARIABLES.find((name) => env[name]);
  if (!proxy) return UNREACHABLE;
  return { ...UNREACHABLE, hint: `Check the URL, your network, and the proxy that ${proxy} names. ${UNTOUCHED}` };
}

/** A certificate is judged by the clock of this machine, which may be wrong. */
function describeExpiry(problem: string, system: Io["system"]): Fault {
  const now = new Date(system.now()).toISOString();
  return { problem, hint: `Renew it on the server, unless the clock of this machine is wrong: it says ${now}.` };
}

/** The message of Bun ends in the status with which the proxy refused: `…: 403 Forbidden`. */
function describeProxy(cause: unknown): Fault {
  const [, status] = /: (\d{3})\b/.exec(cause instanceof Error ? cause.message : "") ?? [];
  return {
    problem: `can't be reached: the proxy refuses to connect${status === undefined ? "" : ` (status ${status})`}`,
    hint: "Look at HTTPS_PROXY in your environment, or name the server in NO_PROXY.",
  };
}

/** Statuses of a gateway (RFC 9110, 15.6.3 and 15.6.5) and of a proxy that has no room for a body (15.5.14). */
export function describeForeignReply(status: number): Fault {
  if (status === 502 || status === 504) {
    return {
      problem: `is behind a proxy that does not reach it (status ${status})`,
      hint: `Start the server, or look at the settings of the proxy. ${UNTOUCHED}`,
    };
  }
  if (status === 413) {
    return {
      problem: "is behind a proxy that refuses long requests (status 413)",
      hint: "Raise its limit to 8 MB (client_max_body_size 8m of nginx).",
    };
  }
  return {
    problem: `does not answer like a todo server (status ${status})`,
    hint: "Check the URL. A network that asks for a login first answers like this, too.",
  };
}
