/* global Redoc */

// ReDoc's own choice are fonts of Google's.
const text = { fontFamily: "system-ui, sans-serif" };
const code = { fontFamily: "ui-monospace, monospace" };
const typography = { ...text, headings: text, code };

const DARK = {
  colors: {
    primary: { main: "#8fb8f6" },
    text: { primary: "#e7eaef", secondary: "#a8b0bc" },
    border: { light: "#343a44", dark: "#343a44" },
    gray: { 50: "#1b1f26", 100: "#1b1f26" },
  },
  sidebar: { backgroundColor: "#1b1f26", textColor: "#e7eaef" },
  rightPanel: { backgroundColor: "#0b0d10" },
  schema: { linesColor: "#7f8896", typeNameColor: "#a8b0bc", nestedBackground: "#1b1f26" },
  codeBlock: { backgroundColor: "#171b21" },
  typography: { ...typography, code: { ...code, color: "#ff9fa6", backgroundColor: "#1b1f26" } },
};

const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
Redoc.init("openapi.json", { theme: isDark ? DARK : { typography } }, document.querySelector("#docs"));
