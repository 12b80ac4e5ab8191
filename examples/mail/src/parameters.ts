export * from "./__generated__/parameters.js";
