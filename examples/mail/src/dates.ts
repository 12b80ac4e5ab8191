export * from "./__generated__/dates.js";
