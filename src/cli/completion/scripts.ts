import bash from "./todo.bash" with { type: "text" };
import fish from "./todo.fish" with { type: "text" };
import zsh from "./todo.zsh" with { type: "text" };

export const SHELLS = ["bash", "zsh", "fish"] as const;

/** What each shell runs to complete the words of `todo`. They know nothing of it: they ask the hidden command `__complete`. */
export const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = { bash, zsh, fish };
