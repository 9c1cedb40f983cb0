import { BlockList, isIP } from "node:net";
import { TodoError } from "../domain/errors.ts";
import { isLoopback } from "../domain/loopback.ts";
import type { Quotas } from "../domain/quotas.ts";
import { readQuotas } from "../services/quotas/settings.ts";
import { readCount } from "../services/read-count.ts";
import { readServerAddress, type ServerAddress } from "./base-path.ts";
import { readWebSettings, type WebSettings } from "./web-settings.ts";
import { SIGNUP_MODES, type SignupMode } from "../services/accounts/account-deps.ts";

const LOCAL_FRONT_END = "http://localhost:3000";
const REQUESTS_A_MINUTE = { user: 1200, address: 6000 };
const FAILED_SIGN_INS_A_MINUTE = 5;
const SIGN_UPS_AN_HOUR = 3;
/** An address and the prefix length of its network. Zones have no meaning in a network. */
const NETWORK = /^([^/%]+)(?:\/(\d{1,3}))?$/;
const LOOPBACK = ["127.0.0.0/8", "::1"];

export type ServerSettings = ServerAddress & {
  readonly origins: readonly string[];
  /** True for the address of a trusted proxy. Its `X-Forwarded-For` is believed. */
  readonly isTrustedProxy: (address: string) => boolean;
  /** Requests a minute, 0 for no limit. */
  readonly userLimit: number;
  readonly addressLimit: number;
  /** Failed sign-ins a minute and new accounts an hour for an address, 0 for no limit. */
  readonly signInLimit: number;
  readonly signUpLimit: number;
  readonly signup: SignupMode;
  /** The most that one user may have, 0 for no limit. */
  readonly quotas: Quotas;
  readonly web: WebSettings;
};

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the server's settings. Throws `usage` for values that it doesn't understand. */
export function readServerSettings(env: Env, host: string): ServerSettings {
  return {
    origins: readOrigins(env["TODO_CORS_ORIGINS"] ?? (isLoopback(host) ? LOCAL_FRONT_END : "")),
    isTrustedProxy: readProxies(env),
    userLimit: readCount("TODO_USER_LIMIT", env["TODO_USER_LIMIT"], REQUESTS_A_MINUTE.user),
    addressLimit: readCount("TODO_ADDRESS_LIMIT", env["TODO_ADDRESS_LIMIT"], REQUESTS_A_MINUTE.address),
    signInLimit: readCount("TODO_SIGNIN_LIMIT", env["TODO_SIGNIN_LIMIT"], FAILED_SIGN_INS_A_MINUTE),
    signUpLimit: readCount("TODO_SIGNUP_LIMIT", env["TODO_SIGNUP_LIMIT"], SIGN_UPS_AN_HOUR),
    quotas: readQuotas(env),
    signup: readSignup(env["TODO_SIGNUP"]),
    web: readWebSettings(env),
    ...readServerAddress(env),
  };
}

/** Origins as browsers send them: scheme, host, and port if it is not the scheme's default. */
function readOrigins(text: string): string[] {
  const origins = readList(text);
  const wrong = origins.find((origin) => !/^https?:[^*]+$/.test(origin) || URL.parse(origin)?.origin !== origin);
  if (wrong === undefined) return origins;
  throw new TodoError("usage", `TODO_CORS_ORIGINS: ${JSON.stringify(wrong)} is not an origin`, {
    hints: ["Write origins as browsers send them, with commas between: https://app.example.com,http://localhost:3000"],
  });
}

function readProxies(env: Env): ServerSettings["isTrustedProxy"] {
  // A count of proxies does not identify them: without a proxy in front, any client could write the header itself.
  if (env["TODO_PROXIES"]) {
    const hint = "Set TODO_TRUSTED_PROXIES to the addresses of your proxies instead, such as loopback or 10.0.0.0/8.";
    throw new TodoError("usage", "TODO_PROXIES is no longer a setting", { hints: [hint] });
  }
  const trusted = new BlockList();
  for (const element of readList(env["TODO_TRUSTED_PROXIES"] ?? "")) {
    for (const network of element === "loopback" ? LOOPBACK : [element]) addNetwork(trusted, network);
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && trusted.check(address, version === 4 ? "ipv4" : "ipv6");
  };
}

function addNetwork(networks: BlockList, text: string): void {
  const [, address = "", prefix] = NETWORK.exec(text) ?? [];
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const length = Number(prefix ?? bits);
  if (version === 0 || length > bits) {
    throw new TodoError("usage", `TODO_TRUSTED_PROXIES: ${JSON.stringify(text)} is neither an address nor a network`, {
      hints: ["List your proxies, separated by commas: loopback,10.0.0.0/8,2001:db8::1"],
    });
  }
  networks.addSubnet(address, length, version === 4 ? "ipv4" : "ipv6");
}

/** The items between commas, trimmed. */
function readList(text: string): string[] {
  return text
    .split(",")
    .map((element) => element.trim())
    .filter((element) => element !== "");
}

function readSignup(text = ""): SignupMode {
  if (text === "") return "first";
  const mode = SIGNUP_MODES.find((each) => each === text);
  if (mode !== undefined) return mode;
  throw new TodoError("usage", "TODO_SIGNUP is none of first, open, invite and closed", {
    hints: ["Leave it out for first: anyone creates the first account, and the others need an invitation."],
  });
}
