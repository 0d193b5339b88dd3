import { type Finding, ok, warning } from './check.ts';

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
/** Programs differ in which of them they look for. */
const OURS = ['127.0.0.1', 'localhost'];

/** Values are never told: they may hold a password. */
export function judgeProxy(env: NodeJS.ProcessEnv): Finding {
  const set = Object.keys(env).filter(
    (name) => PROXIES.includes(name.toUpperCase()) && Boolean(env[name]),
  );
  if (set.length === 0) return ok('no proxy is set');
  const exceptions = (env.NO_PROXY ?? env.no_proxy ?? '').split(',').map((each) => each.trim());
  const missing = OURS.filter((host) => !isExcepted(host, exceptions));
  if (missing.length === 0) return ok(`${set.join(', ')}, but not for this machine`);
  const all = [...exceptions.filter(Boolean), ...missing].join(',');
  const verb = set.length === 1 ? 'is' : 'are';
  return warning(
    `${set.join(', ')} ${verb} set, and NO_PROXY leaves out ${missing.join(', ')}`,
    `export NO_PROXY=${all} no_proxy=${all}`,
  );
}

function isExcepted(host: string, exceptions: readonly string[]): boolean {
  const isLoopback = exceptions.some((each) => /^127\.0\.0\.0\/8$/.test(each));
  return (
    exceptions.includes('*') || exceptions.includes(host) || (isLoopback && host !== 'localhost')
  );
}
