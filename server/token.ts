import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether what was given is the token: compared in constant time. */
export function isToken(given: string, token: string): boolean {
  const [one, other] = [given, token].map((each) => createHash('sha256').update(each).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
