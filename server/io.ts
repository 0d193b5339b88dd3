/** How a command speaks: results to `out`, everything else to `err`. One line each. */
export interface Io {
  out: (line: string) => void;
  err: (line: string) => void;
  /** Whether a person at a screen is there to see a browser open. */
  display: boolean;
}
