import { createHmac } from 'node:crypto';
import type { Admin } from './admin.ts';
import { addressOf, FLUX_NAMESPACE, type Manifest } from './manifest.ts';
import { until } from './patience.ts';

/** What the Receiver answered: 200 when it took it. */
export interface Delivered {
  status: number;
  /** Milliseconds since the epoch, when it was sent. */
  at: number;
}

/** Delivers a signed webhook through the API server's proxy, by no code of the product's. */
export async function deliver(
  admin: Admin,
  receiver: Manifest,
  secret: string,
  revision: string,
): Promise<Delivered> {
  const webhook = await until(`${receiver.metadata.name} to have a webhook`, async () => {
    const { body } = await admin.ask({ method: 'GET', path: addressOf(receiver) });
    const known: { status?: { webhookPath?: string } } = JSON.parse(body);
    return known.status?.webhookPath;
  });
  const body = JSON.stringify({ ref: 'refs/heads/main', after: revision });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const at = Date.now();
  const { status } = await admin.ask({
    method: 'POST',
    path: `/api/v1/namespaces/${FLUX_NAMESPACE}/services/http:webhook-receiver:80/proxy${webhook}`,
    body,
    headers: { 'X-Signature': `sha256=${signature}` },
  });
  return { status, at };
}
