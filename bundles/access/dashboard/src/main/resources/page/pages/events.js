// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, query } from '../net/api.js';
import { subscribe } from '../net/events.js';
import { Element, problemView } from '../ui/element.js';
import { moment } from '../ui/format.js';
import { setParameters } from '../ui/router.js';
import { command, shellWord, subjectLink, textFilter, time } from '../ui/views.js';

const MOST = 300;
const PAGE = 100;
const SHOW_MILLIS = 330;
const GROWTH = 4;

const sequenceOf = (event) => Number(event.sequence);

/** Events: the latest, live, filtered by type, project and text; older ones page by page. */
class Events extends Element {
  static properties = {
    place: { attribute: false }, items: { state: true }, problem: { state: true }, paused: { state: true }, first: { state: true }, loading: { state: true },
    held: { state: true },
  };

  #unsubscribe;
  #waiting = [];
  #frame;
  #asked;
  /** Up to where it was read; undefined while that is asked. */
  #last;
  /** All that is wanted with a greater sequence is in the items. */
  #from = 0;
  #most = MOST;
  /** More came than are held: what is shown and what waits do not meet. */
  #skipped = false;

  constructor() {
    super();
    this.items = [];
    this.paused = false;
    this.held = 0;
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
    this.items = [];
    this.#waiting = [];
    this.held = 0;
    this.#last = undefined;
    this.#most = MOST;
    await this.#read(async () => {
      const head = await get(this.#path({ limit: 1 }));
      const found = await this.#back(head.last, head.first, PAGE);
      return () => {
        this.first = head.first;
        this.#last = head.last;
        this.#from = found.from;
        this.items = found.items;
        const since = this.#waiting;
        this.#waiting = [];
        this.#arrived(since);
      };
    });
  }

  async #older() {
    const begin = this.#from;
    // while the page below is read, nothing goes from the end of the list: it would be missing in between
    this.#most = Number.MAX_SAFE_INTEGER;
    await this.#read(async () => {
      const found = await this.#back(begin, this.first, PAGE);
      return () => {
        if (this.#from === begin) {
          this.#from = found.from;
          this.items = [...this.items, ...found.items];
        }
      };
    });
    this.#most = Math.max(MOST, this.items.length);
  }

  /** @param read gives what is to be done with the answer, unless something else is asked by then */
  async #read(read) {
    const asked = this.#asked;
    this.loading = true;
    try {
      const take = await read();
      if (asked === this.#asked) {
        take();
        this.problem = undefined;
      }
    } catch (problem) {
      if (asked === this.#asked) {
        this.problem = problem;
      }
    } finally {
      this.loading = false;
    }
  }

  /** Goes back in the log, further each time, until there are enough; a filter may leave out almost all. */
  async #back(last, first, wanted) {
    let items = [];
    let from = last;
    for (let size = MOST; items.length < wanted && from >= first; size *= GROWTH) {
      const begin = Math.max(first - 1, from - size);
      items = [...items, ...(await this.#between(begin, from)).reverse()];
      from = begin;
    }
    return { items, from };
  }

  async #between(after, last) {
    const items = [];
    for (let more = true; more && after < last; ) {
      const page = await get(this.#path({ after, limit: MOST }));
      items.push(...page.items.filter((event) => sequenceOf(event) <= last));
      after = page.nextAfter;
      more = page.more;
    }
    return items;
  }

  async #catchUp() {
    if (this.#last === undefined) {
      return;
    }
    try {
      const page = await get(this.#path({ after: this.#last, limit: MOST }));
      if (page.more || page.first > this.#last + 1 || page.last < this.#last) {
        await this.#latest();
      } else {
        this.#arrived(page.items);
      }
    } catch (problem) {
      this.problem = problem;
    }
  }

  #arrived(events) {
    for (const event of events) {
      if (this.#last === undefined || sequenceOf(event) > this.#last) {
        if (this.#last !== undefined) {
          this.#last = sequenceOf(event);
        }
        if (this.#wanted(event)) {
          this.#waiting.push(event);
        }
      }
    }
    if (this.#waiting.length > MOST) {
      this.#waiting.splice(0, this.#waiting.length - MOST);
      this.#skipped = true;
    }
    // At most three times a second, however many come.
    this.#frame ??= setTimeout(() => {
      this.#frame = undefined;
      this.held = this.#waiting.length;
      if (!this.paused && this.#last !== undefined) {
        this.#show();
      }
    }, SHOW_MILLIS);
  }

  #show() {
    const items = [...this.#waiting.reverse(), ...(this.#skipped ? [] : this.items)];
    if (this.#skipped || items.length > this.#most) {
      items.length = Math.min(items.length, this.#most);
      this.#from = sequenceOf(items.at(-1)) - 1;
    }
    this.#skipped = false;
    this.items = items;
    this.#waiting = [];
    this.held = 0;
  }

  #wanted(event) {
    const types = this.#parameter('types').split(',').map((type) => type.trim()).filter(Boolean);
    const projects = this.#parameter('project').split(',').map((project) => project.trim()).filter(Boolean);
    return (
      (types.length === 0 || types.some((type) => (type.endsWith('*') ? event.type.startsWith(type.slice(0, -1)) : event.type === type))) &&
      (projects.length === 0 || projects.includes(event.subject?.split('/')[0]))
    );
  }

  render() {
    const text = this.#parameter('q').toLowerCase();
    const shown = text ? this.items.filter((event) => JSON.stringify(event).toLowerCase().includes(text)) : this.items;
    return html`<div class="head"><h1>Events</h1><span class="grow"></span><button @click=${() => { this.paused = !this.paused; if (!this.paused && this.held > 0) { this.#show(); } }} aria-pressed=${String(this.paused)}>${this.paused ? 'Go on' : 'Hold'}</button></div>
      <div class="filters">${textFilter('types', 'Types', this.place.parameters, 'hdag.*, service.moved')}${textFilter('project', 'Project', this.place.parameters)}${textFilter('q', 'Text in what is shown', this.place.parameters)}</div>
      ${this.problem ? problemView(this.problem) : nothing}
      <div class="table-box"><table><caption>${shown.length} events${this.paused ? `; ${this.held} wait` : ''}</caption><thead><tr><th scope="col">When</th><th scope="col">Type</th><th scope="col">About</th><th scope="col">What</th></tr></thead>
        <tbody>${shown.map((event) => html`<tr><td title=${moment(event.time)}>${time(event.time)}</td><td><button class="plain" title="Only these" @click=${() => setParameters({ types: event.type })}>${event.type}</button></td><td>${subjectLink(event.subject)}</td><td class="wrap">${summary(event)}</td></tr>`)}</tbody></table></div>
      <div class="pager"><button ?disabled=${this.loading || this.#from < (this.first ?? 1)} @click=${() => this.#older()}>Older</button></div>
      ${command(`smo events -f${this.#parameter('types') ? ` --types ${shellWord(this.#parameter('types'))}` : ''}`)}`;
  }
}

/** What an event says, in one line. */
function summary(event) {
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
