export * from "./__generated__/transfer-encoding.js";
