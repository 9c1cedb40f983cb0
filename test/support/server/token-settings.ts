import type { TokenSettings } from "../../../src/services/tokens/settings.ts";

/** The settings of a server that is told these secrets and nothing else. */
export function trustSecrets(...secrets: readonly string[]): TokenSettings {
  return { secrets, issuer: null, audience: null, keySetUrl: null, parties: null, maxLifetimeS: null, leewayS: 0 };
}
