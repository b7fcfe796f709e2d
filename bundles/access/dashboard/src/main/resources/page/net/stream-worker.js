// SPDX-License-Identifier: Apache-2.0
/** Shares one stream of events among all tabs: a browser opens only six connections to a server over HTTP/1.1. */
import { follow } from './sse.js';

const ports = new Set();
let stream;
let state = { connected: false, status: 0 };

const tell = (message) => ports.forEach((port) => port.postMessage(message));

function begin() {
  stream?.stop();
  stream = follow('/api/v1/events/stream', {
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
    if (data === 'leave') {
      ports.delete(port);
      if (ports.size === 0) {
        stream?.stop();
        stream = undefined;
      }
    } else if (data === 'again' || !stream) {
      begin();
    } else {
      port.postMessage({ state });
    }
  };
  port.start();
};
