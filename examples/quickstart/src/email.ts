export * from "./__generated__/email.js";
