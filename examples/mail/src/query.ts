export * from "./__generated__/query.js";
