import { fields, json, text } from '../object.ts';
import type { Access } from './access.ts';
import { bodyOf } from './carrier.ts';
import { openSession } from './session.ts';
import type { Schedule } from './wait.ts';

/**
 * The version of Kubernetes, as in `v1.36.2`, if the cluster tells us.
 * @throws when there is no connection to be had
 */
export async function versionOf(access: Access, schedule: Schedule): Promise<string | undefined> {
  const end = new AbortController();
  const session = await openSession(access, schedule, end.signal);
  try {
    const answer = await session.open({ method: 'GET', path: '/version' }, end.signal);
    return text(fields(json(await bodyOf(answer))).gitVersion);
  } finally {
    end.abort();
    session.close();
  }
}
