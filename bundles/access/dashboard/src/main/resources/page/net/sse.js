// SPDX-License-Identifier: Apache-2.0
/** One stream of events (server-sent events by fetch, so that a refusal has a status), which resumes where it ended. */

const LONGEST_WAIT_MILLIS = 15000;
const SILENCE_MILLIS = 40000;

/** Splits text of a stream into frames. Keeps what is not complete. */
export class FrameReader {
  #rest = '';

  /** @returns frames `{id, event, data}` that `chunk` completes; greetings and heartbeats have an id and no data */
  push(chunk) {
    this.#rest += chunk;
    const frames = [];
    const blocks = this.#rest.split(/\r?\n\r?\n/);
    this.#rest = blocks.pop();
    for (const block of blocks) {
      const frame = { id: '', event: '', data: '' };
      for (const line of block.split(/\r?\n/)) {
        const colon = line.indexOf(':');
        if (colon <= 0) {
          continue;
        }
        const value = line.slice(colon + 1).replace(/^ /, '');
        const name = line.slice(0, colon);
        if (name === 'id' || name === 'event') {
          frame[name] = value;
        } else if (name === 'data') {
          frame.data += (frame.data ? '\n' : '') + value;
        }
      }
      if (frame.id || frame.data) {
        frames.push(frame);
      }
    }
    return frames;
  }
}

/**
 * Follows `url` until `stop()`.
 * @param after id after which it begins; '' for what happens from now on
 * @param onEvents called with a list of parsed events; with an empty one where events are not kept any more
 * @param onState called with `{connected, status}`; status 401 or 403 ends the stream
 */
export function follow(url, { headers = {}, after = '', onEvents, onState }) {
  let last = after;
  const stopped = new AbortController();
  let failures = 0;

  function tell(frames) {
    const events = [];
    for (const { id, event, data } of frames) {
      last = id || last;
      if (event === 'gap') {
        onEvents([]);
      } else if (data) {
        events.push(JSON.parse(data));
      }
    }
    if (events.length > 0) {
      onEvents(events);
    }
  }

  async function once() {
    const attempt = new AbortController();
    stopped.signal.addEventListener('abort', () => attempt.abort());
    const response = await fetch(url, {
      credentials: 'same-origin',
      headers: { accept: 'text/event-stream', ...headers, ...(last ? { 'last-event-id': last } : {}) },
      signal: attempt.signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw Object.assign(new Error('refused'), { status: response.status });
    }
    failures = 0;
    onState({ connected: true, status: 200 });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const frames = new FrameReader();
    let watchdog = setTimeout(() => attempt.abort(), SILENCE_MILLIS);
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) {
          return;
        }
        clearTimeout(watchdog);
        watchdog = setTimeout(() => attempt.abort(), SILENCE_MILLIS);
        tell(frames.push(value));
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  (async () => {
    while (!stopped.signal.aborted) {
      let status = 0;
      try {
        await once();
      } catch (failure) {
        status = failure.status ?? 0;
      }
      if (stopped.signal.aborted) {
        return;
      }
      onState({ connected: false, status });
      if (status === 401 || status === 403) {
        return;
      }
      failures += 1;
      const wait = Math.min(LONGEST_WAIT_MILLIS, 500 * 2 ** Math.min(failures, 6));
      await new Promise((resume) => setTimeout(resume, wait * (0.5 + Math.random() / 2)));
    }
  })();

  return { stop: () => stopped.abort(), last: () => last };
}
