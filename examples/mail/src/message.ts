export * from "./__generated__/message.js";
