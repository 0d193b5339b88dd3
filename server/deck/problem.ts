/** What is wrong with a deck, where, and how to mend it. Lines and columns count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  severity: 'error' | 'warning' | 'notice';
  message: string;
  cure: string;
  /** The id of the slide that it is on, where that is known. */
  slide?: string;
}
