import type { Command } from "commander";
import { type CommandContext, defineCommand, NAME_OPTION } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { agreeToHttp } from "../auth/agree-to-http.ts";
import { requireServerName } from "../config/resolve-server.ts";
import { completeUrl } from "../config/server-url.ts";

type SignupFlags = {
  readonly email?: string;
  readonly name?: string;
  readonly yes?: boolean;
  readonly insecureHttp?: boolean;
};

export function registerSignup(program: Command, context: CommandContext): void {
  defineCommand(program, "signup", {
    summary: "make an account on a server and log in to it",
    examples: ["todo signup todo.example.com", "todo signup localhost:8787 --email ada@example.com"],
  })
    .argument("[server]", "a URL or a host; default: that of the settings")
    .option("--email <address>", "the e-mail address, instead of asking for it")
    .option(...NAME_OPTION)
    .option("--yes", "upload the tasks that are here without asking")
    .option("--insecure-http", "use http in a network of your own without asking")
    .action((url: string | undefined, flags: CommonFlags & SignupFlags) => signup(context.start(flags), url, flags));
}

/** Asks for e-mail address, password and invitation. Throws the server's refusals. */
export async function signup(invocation: Invocation, given: string | undefined, flags: SignupFlags): Promise<void> {
  const server = requireServerName(invocation, given && completeUrl(given));
  agreeToHttp(invocation, server, flags.insecureHttp ?? false);
  const { signUpOnServer } = await import("../api-client/sign-up.ts");
  await signUpOnServer(invocation, server, flags);
}
