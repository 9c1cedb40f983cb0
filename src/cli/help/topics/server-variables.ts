import type { Variable } from "./variable.ts";

/** The variables of a server, by what they are about. */
export const SERVER_VARIABLES: Readonly<Record<string, readonly Variable[]>> = {
  "A server": [
    { name: "HOST", meaning: "the address to listen on", option: "--host", fallback: "127.0.0.1" },
    { name: "PORT", meaning: "the port to listen on; 0 takes a free one", option: "--port", fallback: "8787" },
    { name: "TODO_PUBLIC_URL", meaning: "the URL by which people reach the server" },
    { name: "TODO_BASE_PATH", meaning: "the path below which all routes are", fallback: "that of TODO_PUBLIC_URL" },
    {
      name: "TODO_TRUSTED_PROXIES",
      meaning: "the proxies whose X-Forwarded-For is believed: addresses, networks or loopback, separated by commas",
    },
    {
      name: "TODO_CORS_ORIGINS",
      meaning: "the origins of web pages that may use the API, separated by commas",
      fallback: "http://localhost:3000 on this machine, none elsewhere",
    },
    { name: "TODO_SIGNUP", meaning: "who may create an account: first, open, invite or closed", fallback: "first" },
    {
      name: "TODO_SECRET",
      meaning: "the secret for accounts, 32 bytes or more; NEW,OLD accepts both and signs with the first",
      fallback: "a random one, kept beside the database file",
    },
    { name: "TODO_SECRET_FILE", meaning: "a file with that secret", setting: "secret-file" },
  ],
  "Limits of a server, where 0 means none": [
    { name: "TODO_USER_LIMIT", meaning: "requests per minute for each user", fallback: "1200" },
    { name: "TODO_ADDRESS_LIMIT", meaning: "requests per minute from each address", fallback: "6000" },
    { name: "TODO_SIGNIN_LIMIT", meaning: "failed sign-ins per minute from each address", fallback: "5" },
    { name: "TODO_SIGNUP_LIMIT", meaning: "new accounts per hour from each address", fallback: "3" },
    { name: "TODO_TASK_QUOTA", meaning: "tasks of one user, not counting deleted ones", fallback: "200000" },
    { name: "TODO_BYTE_QUOTA", meaning: "bytes of one user's tasks and their history", fallback: "1073741824" },
    { name: "TODO_DEVICE_QUOTA", meaning: "devices that are logged in to one account", fallback: "100" },
    { name: "TODO_TOKEN_QUOTA", meaning: "personal tokens of one account", fallback: "100" },
  ],
  "Tokens of other issuers": [
    { name: "TODO_JWKS_URL", meaning: "the URL of the public keys", setting: "jwks-url" },
    { name: "TODO_JWKS_INSECURE", meaning: "1: that URL may be http, as in a private network of containers" },
    { name: "TODO_JWT_ISSUER", meaning: "the iss that tokens must have", setting: "jwt-issuer" },
    { name: "TODO_JWT_AUDIENCE", meaning: "the aud that tokens must have", setting: "jwt-audience" },
    { name: "TODO_JWT_PARTIES", meaning: "the azp values that are let in, separated by commas", fallback: "any" },
    { name: "TODO_JWT_MAX_LIFETIME", meaning: "the longest lifetime of a token, in seconds" },
    {
      name: "TODO_JWT_LEEWAY",
      meaning: "seconds by which the issuer's clock may differ, up to 60",
      setting: "jwt-leeway",
      fallback: "0",
    },
    { name: "BETTER_AUTH_SECRET", meaning: "the secret of a Better Auth server, whose tokens are then accepted" },
    { name: "TODO_WEB_TOKEN_URL", meaning: "where the page in a browser gets such tokens" },
    { name: "TODO_WEB_SIGNIN_URL", meaning: "where people sign in to get them" },
    { name: "BETTER_AUTH_SECRET_FILE", meaning: "a file with that secret", setting: "better-auth-secret-file" },
  ],
  PostgreSQL: [
    {
      name: "TODO_DATABASE_URL",
      meaning: "the database of todo serve, todo admin and todo db",
      option: "--db",
      fallback: "DATABASE_URL",
    },
    { name: "DATABASE_URL", meaning: "the same", fallback: "NEON_DB_URL" },
    { name: "NEON_DB_URL", meaning: "the same", fallback: "TODO_DB" },
    { name: "TODO_MIGRATE_URL", meaning: "the URL of the database's owner, for migrations" },
    { name: "TODO_REQUIRE_RLS", meaning: "1: todo serve refuses a database that does not keep users' rows apart" },
    { name: "TODO_NEON_ENDPOINT", meaning: "where Neon's driver sends its requests", fallback: "Neon" },
  ],
};
