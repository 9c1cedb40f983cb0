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

const NAME_SERVER = ["Such as: todo signup todo.example.com", "Or name it with TODO_SERVER."];

export function registerSignup(program: Command, context: CommandContext): void {
  defineCommand(program, "signup", {
    summary: "create an account on a server and log in",
    examples: ["todo signup todo.example.com", "todo signup localhost:8787 --email ada@example.com"],
  })
    .argument("[server]", "a URL or a host; default: the one you logged in to last")
    .option("--email <address>", "the e-mail address; otherwise you are asked")
    .option(...NAME_OPTION)
    .option("--yes", "upload the tasks on this device without asking")
    .option("--insecure-http", "allow http in your own network without asking")
    .action((url: string | undefined, flags: CommonFlags & SignupFlags) => signup(context.start(flags), url, flags));
}

/** Asks for e-mail address, password and invitation. Throws the server's refusals. */
export async function signup(invocation: Invocation, given: string | undefined, flags: SignupFlags): Promise<void> {
  const server = requireServerName(invocation, given && completeUrl(given), NAME_SERVER);
  agreeToHttp(invocation, server, flags.insecureHttp ?? false);
  const { signUpOnServer } = await import("../api-client/sign-up.ts");
  await signUpOnServer(invocation, server, flags);
}
