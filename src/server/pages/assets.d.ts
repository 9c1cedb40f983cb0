// Imported with { type: "file" }, each of these is the path of a file. TypeScript doesn't see the attribute.
declare module "swagger-ui-dist/swagger-ui.css" {
  const path: string;
  export default path;
}
declare module "swagger-ui-dist/swagger-ui-bundle.js" {
  const path: string;
  export default path;
}
declare module "redoc/bundles/redoc.standalone.js" {
  const path: string;
  export default path;
}
declare module "*/page.css" {
  const path: string;
  export default path;
}
declare module "*/swagger-init.js" {
  const path: string;
  export default path;
}
declare module "*/redoc-init.js" {
  const path: string;
  export default path;
}
declare module "*/page.js" {
  const path: string;
  export default path;
}
declare module "*.br" {
  const path: string;
  export default path;
}
declare module "*.gz" {
  const path: string;
  export default path;
}
declare module "*.png" {
  const path: string;
  export default path;
}
