// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { query } from '../net/api.js';
import { show } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { number } from '../ui/format.js';
import { command, facts, pager, tag, textFilter, time } from '../ui/views.js';

const FILTERS = ['actor', 'action', 'target', 'outcome', 'cursor'];

/** Who did what: the entries of the audit, and how far its chain is sealed. */
class Audit extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => query('/api/v1/audit', { ...Object.fromEntries(FILTERS.map((name) => [name, this.place.parameters.get(name)])), limit: 50 }), { everySeconds: 10 });
  #head = new Answer(this, () => '/api/v1/audit/head', { everySeconds: 30 });

  render() {
    const parameters = this.place.parameters;
    return html`<div class="head"><h1>Audit</h1></div>
      <div class="stack">${this.#head.data ? html`<section class="card" aria-label="Chain">${facts([['Entries', number(this.#head.data.sequence)], ['Head', html`<code class="wrap">${this.#head.data.hash}</code>`], ['Sealed up to', number(this.#head.data.seal?.sequence)], ...this.#head.data.anchors.map((anchor) => [`Anchor ${anchor.place}`, html`${number(anchor.sequence)} ${anchor.failure ? tag(anchor.failure, 'bad') : nothing}`])])}</section>` : nothing}
      <div class="filters">${textFilter('actor', 'Who', parameters)}${textFilter('action', 'Action', parameters, 'graph.deploy')}${textFilter('target', 'Of', parameters, 'graph/demo/hello')}${textFilter('outcome', 'Outcome', parameters)}</div>
      ${this.#list.show((data) => html`<div class="table-box"><table><caption class="visually-hidden">Entries</caption><thead><tr><th scope="col" class="num">No.</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">Action</th><th scope="col">Of</th><th scope="col">Outcome</th><th scope="col"><span class="visually-hidden">More</span></th></tr></thead>
        <tbody>${data.items.map((entry) => html`<tr><td class="num">${entry.sequence}</td><td>${time(entry.at)}</td><td>${entry.actor}<div class="muted">${entry.address}</div></td><td>${entry.action}</td><td class="wrap">${entry.target}</td><td>${tag(entry.outcome, { accepted: 'ok', done: 'ok', refused: 'bad', failed: 'bad' }[entry.outcome] ?? 'idle')}</td>
          <td><button class="plain" @click=${() => show({ title: `Entry ${entry.sequence}`, body: html`<pre tabindex="0">${JSON.stringify(entry, null, 2)}</pre>` })} aria-label="Entry ${entry.sequence}">All of it</button></td></tr>`)}</tbody></table></div>${pager(data)}`, { empty: 'No entry is like that.' })}
      ${command('smo audit verify')}</div>`;
  }
}

customElements.define('smo-audit', Audit);
