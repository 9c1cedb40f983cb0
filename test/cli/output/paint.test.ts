import { describe, expect, test } from "bun:test";
import { type ColourChoice, CODES, wantsColour } from "../../../src/cli/output/paint.ts";

/** The sixteen colours of common terminals, in the order of their codes: 30 to 37, then 90 to 97. */
const PALETTES: Readonly<Record<string, string>> = {
  xterm:
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
  "the console of Linux":
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
  "GNOME Terminal":
    "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc 5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff",
  Tango:
    "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec",
  "Terminal of macOS":
    "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5",
  "Windows Terminal":
    "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
  "VS Code":
    "000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5",
  PuTTY:
    "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
};

/** What WCAG asks of large text and of signs. No colour has 4.5, which it asks of long texts, on black and on white. */
const MIN_CONTRAST = 3;

/** The lower one of a colour's contrasts against black and against white, as WCAG 2 defines it. */
function contrastOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return Math.min((luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05));
}

function isReadable(code: number, palette: string): boolean {
  const colour = palette.split(" ")[code < 90 ? code - 30 : code - 82] ?? "";
  return contrastOf(colour) >= MIN_CONTRAST;
}

const COLOURS = Object.values(CODES).filter((code) => code >= 30);

describe("a colour", () => {
  test.each(Object.entries(PALETTES))("can be read on black and on white in %s", (_, palette) => {
    expect(COLOURS.filter((code) => !isReadable(code, palette))).toEqual([]);
  });

  test("is the only one of the sixteen of which that is true", () => {
    const all = Array.from({ length: 16 }, (_, at) => (at < 8 ? 30 + at : 82 + at));
    const readable = all.filter((code) => Object.values(PALETTES).every((palette) => isReadable(code, palette)));
    expect(readable).toEqual(COLOURS);
  });
});

describe("colours", () => {
  const wants = (isTerminal: boolean, env: Record<string, string>, choice: ColourChoice = "auto") =>
    wantsColour(
      { write: () => undefined, isTerminal: () => isTerminal, columns: () => 80, rows: () => 24 },
      env,
      choice,
    );

  test.each<[readonly [onTerminal: boolean, inPipe: boolean], Record<string, string>]>([
    [[true, false], {}],
    [[false, false], { TERM: "dumb" }],
    [[false, false], { NO_COLOR: "1" }],
    [[false, false], { NO_COLOR: "0" }],
    [[true, false], { NO_COLOR: "" }],
    [[true, true], { FORCE_COLOR: "1" }],
    [[true, true], { FORCE_COLOR: "yes", TERM: "dumb" }],
    [[true, false], { FORCE_COLOR: "" }],
    [[true, false], { FORCE_COLOR: "0" }],
    [[true, false], { FORCE_COLOR: "false" }],
    [[true, true], { CLICOLOR_FORCE: "1" }],
    [[true, false], { CLICOLOR_FORCE: "0" }],
    [[true, false], { CLICOLOR: "1" }],
    [[false, false], { CLICOLOR: "0" }],
    [[true, true], { CLICOLOR: "0", CLICOLOR_FORCE: "1" }],
    [[false, false], { NO_COLOR: "1", FORCE_COLOR: "1", CLICOLOR_FORCE: "1" }],
  ])("are used on a terminal and in a pipe: %p where the environment is %p", ([onTerminal, inPipe], env) => {
    expect([wants(true, env), wants(false, env)]).toEqual([onTerminal, inPipe]);
    // The flag goes before all variables.
    expect([wants(false, env, "always"), wants(true, env, "never")]).toEqual([true, false]);
  });
});
