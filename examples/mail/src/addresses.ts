export * from "./__generated__/addresses.js";
