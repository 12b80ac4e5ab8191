export * from "./__generated__/mime.js";
