/** How a command speaks: results to `out`, everything else to `err`. One line each. */
export interface Io {
  out: (line: string) => void;
  err: (line: string) => void;
  /** How far something long is: for a person at a terminal, and nobody else. */
  progress: (line: string) => void;
  /** Whether a person at a screen is there to see a browser open. */
  display: boolean;
}
