// The reference of the API, drawn by Swagger UI from the schema of this installation.
const place = document.getElementById("api");
const here = new URL("/api/", location.href).href;

// Its own dark colours hang on a class; the page's follow the device and the person's wish.
const dark = matchMedia("(prefers-color-scheme: dark)");
const dress = () => {
  const wish = document.documentElement.dataset.appearance;
  const isDark = wish === "dark" || (wish !== "light" && dark.matches);
  document.documentElement.classList.toggle("dark-mode", isDark);
};
dark.addEventListener("change", dress);
dress();

// Its own layout would be a second main part of the page, with a head that the page has already.
const layout = () => ({
  wrapComponents: {
    BaseLayout:
      (_original, { React }) =>
      ({ getComponent }) => {
        const part = (name) => React.createElement(getComponent(name, true));
        return React.createElement(
          "div",
          { className: "swagger-ui" },
          React.createElement(getComponent("SvgAssets")),
          React.createElement("div", { className: "scheme-container" }, part("AuthorizeBtnContainer")),
          React.createElement("div", { id: "operations" }, part("operations")),
        );
      },
  },
});

globalThis.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
  plugins: [layout],
  // Whoever is signed in may try it: a write carries the secret of this page's forms.
  requestInterceptor(request) {
    if (request.url.startsWith(here) && !request.headers.Authorization) {
      request.headers["X-CSRFToken"] = place.dataset.secret;
    }
    return request;
  },
});
