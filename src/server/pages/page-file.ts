/** A page or one of its files, and how it is served. */
export type PageFile = {
  readonly source: PageSource;
  readonly type: string;
  readonly cache: string;
  /** True for what people open, which names its parts relative to itself. */
  readonly isPage?: boolean;
  /** Its Content-Security-Policy, if it differs from the common one. */
  readonly policy?: string;
};

/** Where the bytes are: in the binary, or on the disk if the program runs from its source. */
export type PageSource =
  | {
      readonly kind: "plain";
      readonly path: string;
      /** A part of the text that is replaced. */
      readonly replace?: readonly [from: string, to: string];
      /** The part of the text that names the root, where a server below a path names that. */
      readonly root?: string;
    }
  /** Compressed when the program was built. */
  | { readonly kind: "packed"; readonly br: string; readonly gzip: string };

/** Each file by the path of its URL. */
export type PageTable = Readonly<Record<string, PageFile>>;

// Both change with the program but keep their names. The large ones need not be revalidated at each visit.
export const ASKED_FOR = "no-cache";
export const KEPT = "public, max-age=3600";

export const HTML = "text/html; charset=utf-8";
export const CSS = "text/css; charset=utf-8";
export const JAVASCRIPT = "text/javascript; charset=utf-8";

/** The path of a file that is imported as one. TypeScript goes by the ending, and takes that of a .json or .html file for something else. */
export function pathOf(module: unknown): string {
  if (typeof module === "string") return module;
  // Bun applies the attribute of the first import of a file to all others.
  throw new Error("a file of a page is imported elsewhere with another attribute");
}
