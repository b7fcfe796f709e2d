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
  for (const listener of subscribers) {
    try {
      listener(events);
    } catch (failure) {
      // one that cannot read an event does not keep the others from it
      reportError(failure);
    }
  }
}

function changed(state) {
  const was = connection.connected;
  if (was !== state.connected) {
    connection.since = Date.now();
  }
  Object.assign(connection, state);
  connectionListeners.forEach((listener) => listener(connection));
  if (!was && state.connected) {
    arrived([]);
  }
}

/** Begins, or begins anew with other credentials; a stream that works is left as it is, other tabs follow it, too. */
export function connect() {
  const headers = credentials();
  if (!('SharedWorker' in window)) {
    connectDirectly();
    return;
  }
  const name = `smo-events-${digest(headers.authorization ?? '')}`;
  if (worker?.name !== name) {
    leave();
    Object.assign(connection, { connected: false, status: 0 });
    worker = { name, port: join(name) };
  }
  worker.port.postMessage({ ask: 'again', headers });
}

/** Pages of one caller share a worker: it has the one stream of all of them. */
function join(name) {
  const shared = new SharedWorker(new URL('./stream-worker.js', import.meta.url), { type: 'module', name });
  shared.port.onmessage = ({ data }) => (data.events ? arrived(data.events) : changed(data.state));
  shared.onerror = () => connectDirectly();
  return shared.port;
}

function connectDirectly() {
  leave();
  direct = follow('/api/v1/events/stream', { headers: credentials(), onEvents: arrived, onState: changed });
}

/** Ends the part of this page in the stream. A page that the browser keeps for the way back would hold its connection, too. */
export function leave() {
  worker?.port.postMessage({ ask: 'leave' });
  worker = undefined;
  direct?.stop();
  direct = undefined;
}

addEventListener('pagehide', leave);
addEventListener('pageshow', ({ persisted }) => persisted && connect());

/** Tells names apart; it keeps no secret, and does not have to: names of workers stay in this browser. */
function digest(text) {
  let sum = 0x811c9dc5;
  for (const letter of text) {
    sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193) >>> 0;
  }
  return sum.toString(16);
}
