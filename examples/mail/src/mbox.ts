export * from "./__generated__/mbox.js";
