export * from "./__generated__/encoded-words.js";
