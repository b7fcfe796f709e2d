// SPDX-License-Identifier: Apache-2.0
import { LitElement, html, nothing } from 'lit';
import { getIfChanged } from '../net/api.js';
import { subscribe } from '../net/events.js';

const RETRY_MILLIS = 3000;

/** See `keep` of an Answer. */
export const PARAMETERS = 'parameters';

/** An element without a shadow: one style sheet for the whole page, and labels that reach their fields. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/**
 * What a path of the REST interface says, for one element: read when it appears, again when an event concerns it, and regularly.
 * Unchanged answers cost the server a comparison.
 */
export class Answer {
  data;
  problem;
  loading = false;
  readAt = 0;
  #host;
  #path;
  #options;
  #current;
  #etag = '';
  #abort;
  #timer;
  #interval;
  #unsubscribe;
  #again = false;
  #ended = '';
  #old = false;
  #seen = () => {
    if (!document.hidden && this.#old) {
      this.#old = false;
      this.reload();
    }
  };

  /**
   * @param path function that gives the path, or '' for none
   * @param concerns function that says whether an event makes this answer old
   * @param everySeconds how often it is read without an event; 0: never
   * @param keep whether the former answer is shown until another path is read: always, never, or `PARAMETERS`: only while the
   *   parameters of the path are others
   */
  constructor(host, path, { concerns = () => false, everySeconds = 0, quietMillis = 400, keep = true } = {}) {
    this.#host = host;
    this.#path = path;
    this.#options = { concerns, everySeconds, quietMillis, keep };
    host.addController(this);
  }

  hostConnected() {
    this.#unsubscribe = subscribe((events) => {
      if (events.length === 0 || events.some(this.#options.concerns)) {
        this.soon();
      }
    });
    document.addEventListener('visibilitychange', this.#seen);
    if (this.#options.everySeconds > 0) {
      this.#interval = setInterval(() => document.hidden || this.reload(), this.#options.everySeconds * 1000);
    }
  }

  hostDisconnected() {
    this.#unsubscribe?.();
    document.removeEventListener('visibilitychange', this.#seen);
    clearInterval(this.#interval);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#abort?.abort();
    this.#current = undefined;
  }

  hostUpdate() {
    const wanted = this.#path();
    if (wanted !== this.#current) {
      this.#etag = '';
      this.#ended = '';
      this.problem = undefined;
      if (!wanted || !this.#isKept(this.#current, wanted)) {
        this.data = undefined;
      }
      this.#current = wanted;
      if (wanted) {
        this.reload();
      }
    }
  }

  #isKept(former, wanted) {
    const { keep } = this.#options;
    return keep === PARAMETERS ? former?.split('?')[0] === wanted.split('?')[0] : keep;
  }

  /** Reads again in a moment, once for many calls: at most two per second, however many events come; hidden, when it is looked at. */
  soon() {
    if (document.hidden) {
      this.#old = true;
    } else if (!this.#timer) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.reload();
      }, this.#options.quietMillis);
    }
  }

  async reload() {
    const wanted = this.#current;
    if (!wanted || wanted === this.#ended) {
      return;
    }
    if (this.loading && this.loadingPath === wanted) {
      this.#again = true;
      return;
    }
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.loading = true;
    this.loadingPath = wanted;
    try {
      const answer = await getIfChanged(wanted, { signal: abort.signal, etag: this.#etag });
      if (this.#current !== wanted) {
        return;
      }
      this.#etag = answer.etag;
      if (answer.data !== undefined) {
        this.data = answer.data;
      }
      this.problem = undefined;
      this.readAt = Date.now();
    } catch (failure) {
      if (failure.name === 'AbortError' || this.#current !== wanted) {
        return;
      }
      this.problem = failure;
      if (failure.status === 404 || failure.status === 403) {
        this.data = undefined;
        this.#etag = '';
      }
      if (failure.passing && this.#host.isConnected) {
        setTimeout(() => this.#current === wanted && this.#host.isConnected && this.reload(), Math.max(RETRY_MILLIS, failure.retryAfterSeconds * 1000));
      }
    } finally {
      if (this.#abort === abort) {
        this.loading = false;
        this.#host.requestUpdate();
        if (this.#again) {
          this.#again = false;
          this.soon();
        }
      }
    }
  }

  /** Does what ends the thing that is read. From then on nobody asks for it, unless it fails: it may be gone before the answer is here. */
  async ends(action) {
    this.#ended = this.#current;
    this.#abort?.abort();
    try {
      return await action();
    } catch (failure) {
      this.#ended = '';
      throw failure;
    }
  }

  /** Shows what was read; before that, that it is read, or why it cannot be. */
  show(view, { empty } = {}) {
    if (this.data === undefined) {
      return this.problem ? problemView(this.problem) : html`<p class="loading" role="status">Loading…</p>`;
    }
    return html`${this.problem ? problemView(this.problem) : nothing}${empty && this.data.items?.length === 0
      ? html`<p class="empty">${empty}</p>`
      : view(this.data)}`;
  }
}

/** Why services fit nowhere: of each the clusters, and what does not fit there. */
function reasonsView(reasons) {
  return reasons
    ? html`<dl>${Object.entries(reasons).map(([service, clusters]) => html`<dt>${service}</dt>${Object.entries(clusters).map(([cluster, why]) => html`<dd><strong>${cluster}</strong> ${why}</dd>`)}`)}</dl>`
    : nothing;
}

/** A refusal in words: what, where, what to do, and under which id the server's log has it. */
export function problemView(problem) {
  if (!problem) {
    return nothing;
  }
  return html`<div class="note bad" role="alert">
    <p><strong>${problem.status ? `${problem.body?.title ?? 'Refused'} (${problem.status})` : 'No answer'}</strong></p>
    <p>${problem.message}</p>
    ${problem.errors?.length
      ? html`<ul>${problem.errors.slice(0, 20).map((error) => html`<li><code>${error.pointer}</code> ${error.message}</li>`)}</ul>`
      : nothing}
    ${problem.status === 401 && location.pathname !== '/dashboard/login' ? html`<p><a class="button" href="/dashboard/login?next=${encodeURIComponent(location.pathname + location.search)}">Log in</a></p>` : nothing}
    ${reasonsView(problem.body?.reasons)}
    ${problem.correlationId ? html`<p class="muted">In the log: <code>${problem.correlationId}</code></p>` : nothing}
  </div>`;
}
