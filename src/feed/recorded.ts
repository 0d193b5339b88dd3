import { parseRecording, type Recording } from '../shared/recording.ts';

/** As much of `fetch` as is needed here. */
export type Fetch = (
  url: string,
) => Promise<{ ok: boolean; status: number; text: () => Promise<string> }>;

/** A recording by its address; or a sentence that says why there is none. */
export async function loadRecorded(
  url: string,
  fetch: Fetch,
): Promise<{ recording: Recording } | { problem: string }> {
  let text: string;
  try {
    const response = await fetch(url);
    if (!response.ok) return { problem: `${url} cannot be had: status ${response.status}.` };
    text = await response.text();
  } catch {
    return { problem: `${url} cannot be reached.` };
  }
  const parsed = parseRecording(text);
  if ('problem' in parsed) {
    const { line, text: why } = parsed.problem;
    return { problem: `${url} is not a recording that can be played: line ${line}, ${why}.` };
  }
  return parsed;
}
