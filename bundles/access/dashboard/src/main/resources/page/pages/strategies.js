// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path } from '../net/api.js';
import { may } from '../net/session.js';
import { ask, show, toast } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { number, words } from '../ui/format.js';
import { to } from '../ui/router.js';
import { choiceFilter, command, facts, shellWord, since, tag, textFilter } from '../ui/views.js';

/** What decides: strategies with their standing, defaults, objectives, intents. */
class Strategies extends Element {
  static properties = { place: { attribute: false } };

  #concerns = (event) => event.type.startsWith('strategy.') || event.type.startsWith('plugin.');
  #list = new Answer(this, () => '/api/v1/strategies', { concerns: this.#concerns, everySeconds: 15 });
  #defaults = new Answer(this, () => '/api/v1/defaults', { concerns: this.#concerns });
  #objectives = new Answer(this, () => '/api/v1/objectives', { concerns: this.#concerns });
  #intents = new Answer(this, () => '/api/v1/intents', { concerns: this.#concerns });

  render() {
    const parameters = this.place.parameters;
    return html`<div class="head"><h1>Strategies</h1><span class="grow"></span><a class="button" href=${to('plugins')}>Plugins</a><a class="button" href=${to('shadows')}>Try one in the shadow</a></div>
      <div class="stack">
        <section aria-labelledby="s-list"><h2 id="s-list" class="visually-hidden">Strategies</h2>
          <div class="filters">${textFilter('q', 'Name or bundle', parameters)}${choiceFilter('kind', 'Kind', ['placement', 'scaling'], parameters)}</div>
          ${this.#list.show((data) => this.#table(data.items, parameters))}</section>
        <section class="card" aria-labelledby="s-defaults"><h2 id="s-defaults">What decides where a graph says nothing</h2>${this.#defaults.show((data) => this.#defaultsTable(data.items))}</section>
        <section class="card" aria-labelledby="s-objectives"><h2 id="s-objectives">Objectives</h2>${this.#objectives.show((data) => html`<div class="table-box"><table><thead><tr><th scope="col">Objective</th><th scope="col">Unit</th><th scope="col" class="num">Default weight</th><th scope="col">Bundle</th></tr></thead>
          <tbody>${data.items.map((each) => html`<tr><td>${each.name}</td><td>${each.unit}</td><td class="num">${number(each.defaultWeight)}</td><td class="muted">${each.bundle} ${each.version}</td></tr>`)}</tbody></table></div>`)}</section>
        <section class="card" aria-labelledby="s-intents"><h2 id="s-intents">Intents that are understood</h2>${this.#intents.show((data) => html`<div class="row">${data.items.map((intent) => html`<button class="plain" @click=${() => show({ title: intent.name, body: html`<p class="muted">${intent.bundle} ${intent.version}</p><pre tabindex="0">${JSON.stringify(intent.schemas, null, 2)}</pre>` })}>${intent.name}</button>`)}</div>`)}</section>
        ${command('smo get strategies')}
      </div>`;
  }

  #table(items, parameters) {
    const text = (parameters.get('q') ?? '').toLowerCase();
    const kind = parameters.get('kind');
    const shown = items.filter((each) => (!kind || each.kind === kind) && (!text || each.id.toLowerCase().includes(text) || each.bundle.toLowerCase().includes(text)));
    return html`<div class="table-box"><table><caption>Strategies, each version by itself</caption><thead><tr><th scope="col">Strategy</th><th scope="col">Kind</th><th scope="col">State</th><th scope="col" class="num">Decisions</th><th scope="col" class="num">Faults</th><th scope="col" class="hide-narrow">Last</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${shown.map((each) => {
        const standing = each.standing ?? {};
        return html`<tr><td>${each.id} <span class="muted">${each.version}</span>${each.preferred ? html` <span class="muted" title="The version that is chosen where none is named">preferred</span>` : nothing}<div class="muted hide-narrow">${each.bundle}</div></td><td>${each.kind}</td>
          <td>${tag(standing.state ?? 'USED')}${standing.why ? html`<div class="muted">${standing.why}</div>` : nothing}</td>
          <td class="num">${number(standing.decisions)}</td><td class="num">${number(standing.faults)}</td><td class="hide-narrow">${since(standing.lastDecisionAt)}</td>
          <td><div class="row"><button class="plain" @click=${() => this.#details(each)}>Details</button>
            ${may('OPERATE', 'strategy') ? (standing.state === 'EJECTED' ? html`<button class="plain" @click=${() => this.#letIn(each)}>Let in</button>` : html`<button class="plain" @click=${() => this.#eject(each)}>Eject</button>`) : nothing}</div></td></tr>`;
      })}</tbody></table></div>`;
  }

  #details(strategy) {
    const faults = strategy.standing?.latestFaults ?? [];
    show({
      title: `${strategy.id} ${strategy.version}`,
      body: html`${facts([['Kind', strategy.kind], ['Bundle', strategy.bundle], ['Can', strategy.capabilities?.join(', ') || '–'], ['Calls', number(strategy.standing?.calls)], ['Abandoned threads', number(strategy.standing?.abandonedThreads)]])}
        <h3>Parameters</h3><pre tabindex="0">${JSON.stringify(strategy.parametersSchema ?? {}, null, 2)}</pre>
        ${faults.length ? html`<h3>Latest faults</h3><ul>${faults.map((fault) => html`<li>${since(fault.at)} ${fault.who}: ${words(fault.what)} — ${fault.message}</li>`)}</ul>` : nothing}`,
    });
  }

  #act(strategy, title, verb, body, why) {
    return ask({
      title: `${title} ${strategy.id} ${strategy.version}?`,
      body,
      confirm: title,
      danger: verb === 'eject',
      shell: () => (verb === 'eject'
        ? `smo strategy eject ${shellWord(strategy.kind)} ${shellWord(strategy.id)} ${shellWord(strategy.version)}${why?.() ? ` --why ${shellWord(why())}` : ''}`
        : `smo strategy let-in ${shellWord(strategy.kind)} ${shellWord(strategy.id)} ${shellWord(strategy.version)}`),
      action: async (key) => {
        const answer = await change('POST', path('api', 'v1', 'strategies', strategy.kind, strategy.id, strategy.version, verb), why ? { why: why() } : undefined, { key });
        toast(`${title}: ${strategy.id}`);
        this.#list.reload();
        return answer;
      },
    });
  }

  #eject(strategy) {
    let text = '';
    return this.#act(strategy, 'Eject', 'eject', (redraw) => html`<p>It decides nothing any more; what graphs name as fallback does.</p><label class="field"><span>Why</span><input maxlength="500" .value=${text} @input=${(event) => { text = event.target.value; redraw(); }}></label>`, () => text);
  }

  #letIn(strategy) {
    return this.#act(strategy, 'Let in', 'let-in', html`<p>It decides again for graphs that name it.</p>`);
  }

  #defaultsTable(items) {
    return html`<div class="table-box"><table><thead><tr><th scope="col">For</th><th scope="col">Value</th><th scope="col">Remark</th><th scope="col"><span class="visually-hidden">Change</span></th></tr></thead>
      <tbody>${items.map((each) => html`<tr><td>${each.key}</td><td>${each.value} ${each.configured ? tag('configured', 'busy') : nothing}</td><td>${each.remark}</td><td>${may('UPDATE', 'default') ? html`<button class="plain" @click=${() => this.#setDefault(each)} aria-label="Change ${each.key}">Change</button>` : nothing}</td></tr>`)}</tbody></table></div>`;
  }

  #setDefault(each) {
    let value = each.value;
    return ask({
      title: `Default ${each.key}`,
      body: (redraw) => html`<label class="field"><span>Value</span><input .value=${value} @input=${(event) => { value = event.target.value; redraw(); }}></label>`,
      confirm: 'Set',
      shell: () => `smo strategy set-default ${shellWord(each.key)} ${shellWord(value)}`,
      action: async (key) => {
        await change('PUT', path('api', 'v1', 'defaults', each.key), { value }, { key });
        this.#defaults.reload();
        return true;
      },
    });
  }
}

customElements.define('smo-strategies', Strategies);
