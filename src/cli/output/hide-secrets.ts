/** Removes secrets from a message: URLs with passwords, tokens, and words in places where none belongs. */
export function hideSecrets(message: string): string {
  return (
    message
      .replace(/(postgres(?:ql)?:).*/is, "$1…")
      .replaceAll(/\beyJ[\w-]*\.[\w-]*\.[\w-]*|(?<=\btodo_(?:pat|ref|dev|inv)_)[\w-]+|(?<=https?:\/\/)[^/\s]*@/g, "…")
      .replace(/(?<=unknown option '-[^'=]*=)[^\n]*'/, "…'")
      // Words in a place where none belongs may be anything, such as a password.
      .replace(/(?<=^too many arguments .* but got \d+):.*/s, ".")
  );
}
