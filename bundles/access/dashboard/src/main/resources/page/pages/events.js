// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, query } from '../net/api.js';
import { subscribe } from '../net/events.js';
import { Element, problemView } from '../ui/element.js';
import { moment } from '../ui/format.js';
import { setParameters } from '../ui/router.js';
import { command, subjectLink, textFilter, time } from '../ui/views.js';

const MOST = 300;
const PAGE = 100;

/** Events: the latest, live, filtered by type, project and text; older ones page by page. */
class Events extends Element {
  static properties = { place: { attribute: false }, items: { state: true }, problem: { state: true }, paused: { state: true }, first: { state: true }, loading: { state: true } };

  #unsubscribe;
  #waiting = [];
  #frame;
  #asked;
  #last = 0;

  constructor() {
    super();
    this.items = [];
    this.paused = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#unsubscribe = subscribe((events) => (events.length === 0 ? this.#catchUp() : this.#arrived(events)));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    clearTimeout(this.#frame);
    this.#frame = undefined;
  }

  willUpdate() {
    const asked = query('', { types: this.#parameter('types'), project: this.#parameter('project') });
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.items = [];
      this.#latest();
    }
  }

  #parameter(name) {
    return this.place?.parameters.get(name) ?? '';
  }

  #path(more) {
    return query('/api/v1/events', { types: this.#parameter('types'), project: this.#parameter('project'), ...more });
  }

  async #latest() {
    const asked = this.#asked;
    this.loading = true;
    try {
      const head = await get(this.#path({ limit: 1 }));
      const page = await get(this.#path({ after: Math.max(0, head.last - MOST), limit: MOST }));
      if (asked === this.#asked) {
        this.items = page.items.toReversed();
        this.first = head.first;
        this.from = Math.max(0, head.last - MOST);
        this.#last = head.last;
        this.problem = undefined;
      }
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.loading = false;
    }
  }

  async #catchUp() {
    if (this.#last === 0) {
      return;
    }
    try {
      const page = await get(this.#path({ after: this.#last, limit: MOST }));
      this.#arrived(page.items);
    } catch (problem) {
      this.problem = problem;
    }
  }

  #arrived(events) {
    this.#waiting.push(...events.filter((event) => Number(event.sequence) > this.#last && this.#wanted(event)));
    this.#last = Math.max(this.#last, ...events.map((event) => Number(event.sequence)));
    if (this.#waiting.length > MOST) {
      this.#waiting.splice(0, this.#waiting.length - MOST);
    }
    // At most three times a second, however many come.
    this.#frame ??= setTimeout(() => {
      this.#frame = undefined;
      if (!this.paused) {
        this.#show();
      }
    }, 330);
  }

  #show() {
    this.items = [...this.#waiting.reverse(), ...this.items].slice(0, MOST);
    this.#waiting = [];
  }

  #wanted(event) {
    const types = this.#parameter('types').split(',').map((type) => type.trim()).filter(Boolean);
    const projects = this.#parameter('project').split(',').map((project) => project.trim()).filter(Boolean);
    return (
      (types.length === 0 || types.some((type) => (type.endsWith('*') ? event.type.startsWith(type.slice(0, -1)) : event.type === type))) &&
      (projects.length === 0 || projects.includes(event.subject?.split('/')[0]))
    );
  }

  async #older() {
    const before = Number(this.items.at(-1)?.sequence ?? this.from + 1);
    const after = Math.max(0, Math.min(before - 1, this.from) - PAGE);
    this.loading = true;
    try {
      const page = await get(this.#path({ after, limit: PAGE }));
      this.from = after;
      this.items = [...this.items, ...page.items.filter((event) => Number(event.sequence) < before).toReversed()];
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.loading = false;
    }
  }

  render() {
    const text = this.#parameter('q').toLowerCase();
    const shown = text ? this.items.filter((event) => JSON.stringify(event).toLowerCase().includes(text)) : this.items;
    return html`<div class="head"><h1>Events</h1><span class="grow"></span><button @click=${() => { this.paused = !this.paused; if (!this.paused) { this.#show(); } }} aria-pressed=${String(this.paused)}>${this.paused ? 'Go on' : 'Hold'}</button></div>
      <div class="filters">${textFilter('types', 'Types', this.place.parameters, 'hdag.*, service.moved')}${textFilter('project', 'Project', this.place.parameters)}${textFilter('q', 'Text in what is shown', this.place.parameters)}</div>
      ${this.problem ? problemView(this.problem) : nothing}
      <div class="table-box"><table><caption>${shown.length} events${this.paused ? `; ${this.#waiting.length} wait` : ''}</caption><thead><tr><th scope="col">When</th><th scope="col">Type</th><th scope="col">About</th><th scope="col">What</th></tr></thead>
        <tbody>${shown.map((event) => html`<tr><td title=${moment(event.time)}>${time(event.time)}</td><td><button class="plain" title="Only these" @click=${() => setParameters({ types: event.type })}>${event.type}</button></td><td>${subjectLink(event.subject)}</td><td class="wrap">${summary(event)}</td></tr>`)}</tbody></table></div>
      <div class="pager"><button ?disabled=${this.loading || this.from <= (this.first ?? 1)} @click=${() => this.#older()}>Older</button></div>
      ${command(`smo events -f${this.#parameter('types') ? ` --types '${this.#parameter('types')}'` : ''}`)}`;
  }
}

/** What an event says, in one line. */
export function summary(event) {
  const { message, reason, from, to, ...rest } = event.data ?? {};
  const place = (list) => (Array.isArray(list) ? list.map((share) => `${share.cluster}×${share.replicas}`).join(', ') || 'nowhere' : list);
  const parts = [
    from !== undefined || to !== undefined ? `${place(from)} → ${place(to)}` : '',
    message || reason || '',
    ...Object.entries(rest).filter(([, value]) => typeof value !== 'object').map(([name, value]) => `${name} ${value}`),
  ];
  return parts.filter(Boolean).join('; ');
}

customElements.define('smo-events', Events);
