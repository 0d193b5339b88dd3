/** One request to a Kubernetes API server. Whoever makes it holds the session. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query, as in `/api/v1/namespaces?limit=1`. */
  path: string;
  body?: string;
  /** Of the body; JSON unless it says otherwise. */
  type?: string;
  headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  status: number;
  body: string;
}

/** @throws when there was no answer; a refusal is an answer */
export type AskApi = (request: ApiRequest) => Promise<ApiAnswer>;
