export { jobDocumentSchema } from "./job-document.ts";
