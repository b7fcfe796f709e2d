// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path, query } from '../net/api.js';
import { may } from '../net/session.js';
import { ask } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { bytes, cores, number } from '../ui/format.js';
import { command, meter, pager, shellWord, tag } from '../ui/views.js';

const text = (name, value) => (name === 'cpu' ? cores(value) : ['memory', 'storage'].includes(name) ? bytes(value) : number(value));

/** What projects may use, and what they do use. */
class Quotas extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => query('/api/v1/quotas', { cursor: this.place.parameters.get('cursor') }), { concerns: (event) => event.type.startsWith('hdag.'), quietMillis: 1500 });

  render() {
    return html`<div class="head"><h1>Quotas</h1></div>${this.#list.show(
      (data) => html`<div class="grid two">${data.items.map(
        (quota) => html`<section class="card" aria-label="Project ${quota.project}"><div class="row spread"><h2>${quota.project}</h2>${tag(quota.source === 'project' ? 'its own' : 'the default', 'idle')}</div>
          <div class="table-box"><table><thead><tr><th scope="col">What</th><th scope="col">Use</th><th scope="col" class="num">Used</th><th scope="col" class="num">Limit</th></tr></thead>
          <tbody>${Object.entries(quota.members).map(([name, member]) => html`<tr><td>${name}</td><td>${member.limit === undefined ? nothing : meter(member.used, member.used, member.limit, `${name} of ${quota.project}`)}</td><td class="num">${text(name, member.used)}</td><td class="num">${member.limit === undefined ? 'none' : text(name, member.limit)}</td></tr>`)}</tbody></table></div>
          ${may('UPDATE', 'quota', quota.project) ? html`<p></p><div class="row"><button @click=${() => this.#set(quota)}>Set limits</button>${quota.source === 'project' ? html`<button @click=${() => this.#remove(quota)}>Back to the default</button>` : nothing}</div>` : nothing}</section>`,
      )}</div>${pager(data)}`,
      { empty: 'No project has graphs.' },
    )}<p></p>${command('smo quota list')}`;
  }

  #set(quota) {
    const limits = Object.fromEntries(Object.entries(quota.members).map(([name, member]) => [name, member.limit ?? '']));
    return ask({
      title: `Limits of ${quota.project}`,
      body: (redraw) => html`<p>CPU in thousandths of a core, memory and storage in bytes; empty: no limit.</p>${Object.keys(limits).map((name) => html`<label class="field"><span>${name}</span><input type="number" min="0" .value=${String(limits[name])} @input=${(event) => { limits[name] = event.target.value; redraw(); }}></label>`)}`,
      confirm: 'Set',
      shell: () => `smo quota set ${shellWord(quota.project)} ${Object.entries(limits).filter(([, value]) => value !== '').map(([name, value]) => shellWord(`${name}=${value}`)).join(' ')}`,
      action: async (key) => {
        await change('PUT', path('api', 'v1', 'quotas', quota.project), { limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== '').map(([name, value]) => [name, Number(value)])) }, { key });
        this.#list.reload();
        return true;
      },
    });
  }

  #remove(quota) {
    return ask({
      title: `Default limits for ${quota.project}?`, confirm: 'Use the default', shell: `smo quota remove ${shellWord(quota.project)}`,
      action: async (key) => {
        await change('DELETE', path('api', 'v1', 'quotas', quota.project), undefined, { key });
        this.#list.reload();
        return true;
      },
    });
  }
}

customElements.define('smo-quotas', Quotas);
