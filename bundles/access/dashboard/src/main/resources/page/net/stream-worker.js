// SPDX-License-Identifier: Apache-2.0
/** Shares one stream of events among all tabs of a caller: a browser opens only six connections to a server over HTTP/1.1. */
import { follow } from './sse.js';

const ports = new Set();
let stream;
let state = { connected: false, status: 0 };

const tell = (message) => ports.forEach((port) => port.postMessage(message));

function begin(headers) {
  const after = stream?.last() ?? '';
  stream?.stop();
  stream = follow('/api/v1/events/stream', {
    headers,
    after,
    onEvents: (events) => tell({ events }),
    onState: (now) => {
      state = now;
      tell({ state });
    },
  });
}

self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = ({ data }) => {
    if (data.ask === 'leave') {
      ports.delete(port);
      if (ports.size === 0) {
        stream?.stop();
        stream = undefined;
        state = { connected: false, status: 0 };
      }
    } else if (!stream || (data.ask === 'again' && !state.connected)) {
      begin(data.headers);
    } else {
      port.postMessage({ state });
    }
  };
  port.start();
};
