export * from "./__generated__/search.js";
