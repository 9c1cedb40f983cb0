/* global SwaggerUIBundle */

// Swagger UI brings the colours of its dark mode, but only its own top bar turns them on.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUIBundle({
  url: "openapi.json",
  domNode: document.querySelector("#docs"),
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  // A token is gone with the page, not kept for whoever opens it next.
  persistAuthorization: false,
  // The badge would send the document to validator.swagger.io.
  validatorUrl: "none",
});
