import type { Resource } from './flow.ts';
import { name } from './words.ts';

/** Flux's and Kubernetes' reasons whose own words would not be understood from the last row. */
const WORDS: Readonly<Record<string, string>> = {
  ArtifactFailed: 'source cannot be used',
  AuthenticationFailed: 'credentials do not work',
  FailedCreate: 'pods cannot be created',
  GitOperationFailed: 'Git cannot be read',
  ProgressDeadlineExceeded: 'rollout takes too long',
  ProgressingWithRetry: 'failed, trying again',
  ReconciliationFailed: 'cannot be applied',
  RetriesExceeded: 'no more retries',
};

/** A condition's reason in words: `BuildFailed` → `build failed`. */
export function reasonInWords(reason: string): string {
  return WORDS[reason] ?? reason.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
}

/**
 * What a waiting resource waits for, by name: `backend`, or `its source`.
 * Undefined when Flux does not say; its messages are read for words only, never for state.
 */
export function blocker(resource: Resource): string | undefined {
  if (resource.status !== 'waiting') return undefined;
  const quoted = /'([^']+)'/.exec(resource.message ?? '')?.[1];
  if (resource.reason === 'DependencyNotReady') return quoted && name(quoted);
  return resource.reason === 'ArtifactFailed' ? 'its source' : undefined;
}
