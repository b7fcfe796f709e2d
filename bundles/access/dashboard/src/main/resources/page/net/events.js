// SPDX-License-Identifier: Apache-2.0
/** What happens at the server, for everything on the page that wants to know. */
import { credentials } from './api.js';
import { follow } from './sse.js';

const subscribers = new Set();
let worker;
let direct;

export const connection = { connected: false, status: 0, since: Date.now() };

/**
 * @param listener called with a list of events; with an empty one when the stream is there again: something may have been missed
 * @returns function that ends the subscription
 */
export function subscribe(listener) {
  subscribers.add(listener);
  return () => subscribers.delete(listener);
}

const connectionListeners = new Set();

export function onConnection(listener) {
  connectionListeners.add(listener);
  return () => connectionListeners.delete(listener);
}

function arrived(events) {
  subscribers.forEach((listener) => listener(events));
}

function changed(state) {
  const was = connection.connected;
  if (was !== state.connected) {
    connection.since = Date.now();
  }
  Object.assign(connection, state);
  connectionListeners.forEach((listener) => listener(connection));
  if (!was && state.connected) {
    subscribers.forEach((listener) => listener([]));
  }
}

/** Begins, or begins anew with other credentials. */
export function connect() {
  direct?.stop();
  direct = undefined;
  const withToken = Object.keys(credentials()).length > 0;
  if (!withToken && 'SharedWorker' in window) {
    if (!worker) {
      worker = new SharedWorker(new URL('./stream-worker.js', import.meta.url), { type: 'module', name: 'smo-events' });
      worker.port.onmessage = ({ data }) => (data.events ? arrived(data.events) : changed(data.state));
      worker.onerror = () => connectDirectly();
      window.addEventListener('pagehide', () => worker.port.postMessage('leave'));
      window.addEventListener('pageshow', ({ persisted }) => persisted && worker.port.postMessage('again'));
    }
    worker.port.postMessage(connection.connected ? 'begin' : 'again');
  } else {
    connectDirectly();
  }
}

function connectDirectly() {
  direct?.stop();
  direct = follow('/api/v1/events/stream', { headers: credentials(), onEvents: arrived, onState: changed });
}
