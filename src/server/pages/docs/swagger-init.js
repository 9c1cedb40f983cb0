/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: "/openapi.json",
  domNode: document.querySelector("#docs"),
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  // A token is gone with the page, not kept for whoever opens it next.
  persistAuthorization: false,
  // The badge would send the document to validator.swagger.io.
  validatorUrl: "none",
});
