// TypeScript's library has no Trusted Types yet (https://www.w3.org/TR/trusted-types/).
type TrustedRules = { readonly createScriptURL: (url: string) => string };
/** What a policy makes is taken where a URL of a script is. */
type TrustedPolicy = { readonly createScriptURL: (url: string) => URL };
interface Window {
  readonly trustedTypes?: { readonly createPolicy: (name: string, rules: TrustedRules) => TrustedPolicy };
}
