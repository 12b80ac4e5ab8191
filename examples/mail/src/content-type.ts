export * from "./__generated__/content-type.js";
