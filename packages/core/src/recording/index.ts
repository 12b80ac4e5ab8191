export {
  formatRecording,
  parseRecording,
  recordingPath,
  type ParsedRecording,
  type RecordedFailure,
  type RecordedReply,
  type Recording,
} from "./recording.ts";
