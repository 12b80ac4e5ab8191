export * from "./__generated__/collections.js";
