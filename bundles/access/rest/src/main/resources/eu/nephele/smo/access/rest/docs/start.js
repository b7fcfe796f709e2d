window.ui = SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // permissions, and values that may grow
  showExtensions: true,
  // no validator badge: nothing is fetched from elsewhere
  validatorUrl: null,
});
