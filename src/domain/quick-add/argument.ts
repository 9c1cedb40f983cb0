/** A place in a text, in UTF-16 code units. */
export type Span = { readonly at: number; readonly length: number };

/** A text that was given as one, such as a word or what stood in quotes, and its place in all that was given. */
export type Argument = Span & { readonly text: string };

/** The arguments of a command line. Their places are those in the line that they make with single spaces between them. */
export function toArguments(texts: readonly string[]): Argument[] {
  let at = 0;
  return texts.map((text) => {
    const argument = { text, at, length: text.length };
    at += text.length + 1;
    return argument;
  });
}

/** A part of an argument that has no quotes. */
export function sliceArgument(argument: Argument, from: number, to: number): Argument {
  const text = argument.text.slice(from, to);
  return { text, at: argument.at + from, length: text.length };
}

/** The place from the first to the last of several that stand behind each other. */
export function spanOf(first: Span, last: Span): Span {
  return { at: first.at, length: last.at + last.length - first.at };
}
