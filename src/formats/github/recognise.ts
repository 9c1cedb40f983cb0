/** How much of a file is looked at. */
const HEAD = 4096;

/** Whether a text is most probably what `gh issue list --json` writes. */
export function looksLikeGithub(text: string): boolean {
  const head = text.slice(0, HEAD);
  return /^\s*\[/.test(head) && /"(?:stateReason|closedAt)"\s*:/.test(head) && /"number"\s*:/.test(head);
}
