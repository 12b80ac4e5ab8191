export * from "./__generated__/threading.js";
