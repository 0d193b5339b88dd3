import type { Seconds } from '../../../src/shared/flow.ts';
import { count, fields, json, text } from '../object.ts';

/** The API server has answered, but not with what was asked for. */
export class Refusal extends Error {
  override name = 'Refusal';
  /** Of HTTP, or the `code` of a Kubernetes Status. */
  readonly status: number;
  /** When to ask again, where the server says so. */
  readonly retryAfter: Seconds | undefined;

  constructor(status: number, message: string, retryAfter?: Seconds) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** What a body says that is a Kubernetes Status; any other is not repeated. */
export function refusal(status: number, body: string, retryAfter?: Seconds): Refusal {
  return new Refusal(status, text(fields(json(body)).message) ?? `HTTP ${status}`, retryAfter);
}

/** The object of a watch's ERROR event. */
export function refusalIn(object: unknown): Refusal {
  const { code, message } = fields(object);
  return new Refusal(count(code) ?? 500, text(message) ?? 'the watch has failed');
}
