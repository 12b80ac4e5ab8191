export * from "./__generated__/calendar.js";
