import { parseEmail } from "./email.js";

for (const raw of process.argv.slice(2)) console.log(parseEmail(raw));
