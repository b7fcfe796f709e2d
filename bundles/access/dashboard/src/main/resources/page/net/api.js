// SPDX-License-Identifier: Apache-2.0
/** Calls of the REST interface of the server that this page is from. */

/** An answer that is no success, as RFC 9457 has it; status 0: no answer. */
export class Problem extends Error {
  constructor(status, body, retryAfter = 0) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.body = body;
    this.errors = body.errors ?? [];
    this.correlationId = body.correlationId ?? '';
    this.retryAfterSeconds = retryAfter;
  }

  /** Whether the same call may succeed later without a change. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** Longer than the server takes for anything that it answers by itself. */
const PATIENCE_MILLIS = 60_000;

const listeners = new Set();
let token = sessionStorage.getItem('smo-token') ?? '';

/** Keeps an API key for this tab; the cookie of a session needs none. */
export function useToken(value) {
  token = value;
  if (value) {
    sessionStorage.setItem('smo-token', value);
  } else {
    sessionStorage.removeItem('smo-token');
  }
}

export const credentials = () => (token ? { authorization: `Bearer ${token}` } : {});

/** Calls `listener` when an answer is 401: the session is over, or there was none. */
export function onUnauthenticated(listener) {
  listeners.add(listener);
}

async function problemOf(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    body = { title: response.statusText };
  }
  const problem = new Problem(response.status, body, Number(response.headers.get('retry-after') ?? 0));
  if (problem.status === 401) {
    listeners.forEach((listener) => listener(problem));
  }
  return problem;
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, {
      credentials: 'same-origin',
      ...options,
      signal: patient(options.signal),
      headers: { accept: 'application/json, application/problem+json', ...credentials(), ...options.headers },
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    if (failure.name === 'TimeoutError') {
      throw new Problem(0, { detail: `The server has not answered within ${PATIENCE_MILLIS / 1000} seconds. What was asked for may have happened: look before you try again.` });
    }
    throw new Problem(0, { detail: 'The server does not answer. The page tries again by itself.' });
  }
  if (!response.ok && response.status !== 304) {
    throw await problemOf(response);
  }
  return response;
}

/** Ends a call when it is not wanted any more, or nothing comes. */
function patient(signal) {
  const end = AbortSignal.timeout(PATIENCE_MILLIS);
  return signal ? AbortSignal.any([signal, end]) : end;
}

/** Reads JSON. */
export async function get(path, { signal } = {}) {
  return (await call(path, { signal })).json();
}

/** Reads JSON unless it is as `etag` says: `{etag, data}`, without `data` when nothing changed. */
export async function getIfChanged(path, { signal, etag } = {}) {
  const response = await call(path, { signal, headers: etag ? { 'if-none-match': etag } : {} });
  return response.status === 304
    ? { etag }
    : { etag: response.headers.get('etag') ?? '', data: await response.json() };
}

/** One key per intent of a person: repeated attempts of the same change count once. */
export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Changes something.
 * @param body an object (sent as JSON), text of the given `type`, a Blob, or undefined
 */
export async function change(method, path, body, { type, key = newKey(), headers = {} } = {}) {
  const content = body === undefined || typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body);
  const response = await call(path, {
    method,
    body: content,
    headers: {
      'idempotency-key': key,
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
      ...headers,
    },
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {} };
}

/** A path of segments, each encoded. */
export const path = (...segments) => '/' + segments.map(encodeURIComponent).join('/');

export const graphPath = (project, graph, ...more) => path('api', 'v1', 'projects', project, 'graphs', graph, ...more);

/** A path with those parameters that have a value. */
export function query(base, parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) {
      search.set(name, value);
    }
  }
  const text = search.toString();
  return text ? `${base}?${text}` : base;
}
