/* global Redoc */

// ReDoc's own choice are fonts of Google's.
const text = { fontFamily: "system-ui, sans-serif" };
const code = { fontFamily: "ui-monospace, monospace" };

Redoc.init(
  "/openapi.json",
  { theme: { typography: { ...text, headings: text, code } } },
  document.querySelector("#docs"),
);
