export * from "./__generated__/report.js";
