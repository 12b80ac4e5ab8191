export * from "./__generated__/headers.js";
