import bash from "./todo.bash" with { type: "text" };
import fish from "./todo.fish" with { type: "text" };
import zsh from "./todo.zsh" with { type: "text" };

export const SHELLS = ["bash", "zsh", "fish"] as const;

/**
 * The completion script of each shell. They have no knowledge of their own: they call the hidden command `__complete`.
 */
export const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = { bash, zsh, fish };
