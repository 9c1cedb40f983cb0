import { render } from "preact";
export function start() {
  const root = document.getElementById("app");
  if (root) render(<p>hello</p>, root);
}
start();
