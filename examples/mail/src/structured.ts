export * from "./__generated__/structured.js";
