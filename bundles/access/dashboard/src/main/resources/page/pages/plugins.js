// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path, query } from '../net/api.js';
import { may } from '../net/session.js';
import { ask, followOperation } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { bytes, duration, number } from '../ui/format.js';
import { to } from '../ui/router.js';
import { breadcrumbs, command, facts, shellWord, since, tag } from '../ui/views.js';

/** Bundles of partners: what they bring, what admission and the conformance kit said, versions side by side. */
class Plugins extends Element {
  static properties = { place: { attribute: false } };

  #concerns = (event) => event.type.startsWith('strategy.') || event.type.startsWith('plugin.');
  #list = new Answer(this, () => (this.#id ? '' : '/api/v1/plugins'), { concerns: this.#concerns, everySeconds: 5 });
  #plugin = new Answer(this, () => (this.#id ? path('api', 'v1', 'plugins', this.#id) : ''), { concerns: this.#concerns, everySeconds: 3, keep: false });
  #uses = new Answer(this, () => (this.#id ? path('api', 'v1', 'plugins', this.#id, 'uses') : ''), { keep: false });

  get #id() {
    return this.place.segments[1];
  }

  render() {
    return this.#id ? this.#one() : this.#all();
  }

  #all() {
    return html`<div class="head"><h1>Plugins</h1><span class="grow"></span>${may('CREATE', 'plugin') ? html`<button class="primary" @click=${() => this.#upload()}>Install a plugin</button>` : html`<span class="muted">Installing needs the role plugin-admin</span>`}</div>
      ${this.#list.show((data) => html`<div class="table-box"><table><caption class="visually-hidden">Plugins</caption><thead><tr><th scope="col">Plugin</th><th scope="col">State</th><th scope="col">Brings</th><th scope="col">Signed by</th><th scope="col">Changed</th></tr></thead>
        <tbody>${data.items.map((plugin) => html`<tr><td><a href=${to('plugins', plugin.id)}>${plugin.id}</a> <span class="muted">${plugin.version}</span></td><td>${tag(plugin.state, toneOf(plugin.state))}${plugin.why ? html`<div class="muted wrap">${plugin.why}</div>` : nothing}</td>
          <td>${plugin.services.map((service) => html`<div>${service.kind} ${service.name}</div>`)}</td><td>${plugin.signer ?? '–'}</td><td>${since(plugin.changedAt)}</td></tr>`)}</tbody></table></div>`, { empty: 'No plugin is installed. A partner writes one in an afternoon: smo new strategy NAME.' })}
      ${command('smo get plugins')}`;
  }

  #one() {
    return html`${breadcrumbs(html`<a href=${to('plugins')}>Plugins</a>`)}${this.#plugin.show((plugin) => html`<div class="head"><h1>${plugin.id}</h1><span class="grow"></span>${this.#actions(plugin)}</div>
      <div class="stack"><div class="grid two">${plugin.versions.map((version) => this.#version(version))}</div>
      <section class="card" aria-labelledby="p-uses"><h2 id="p-uses">Graphs that use it</h2>${this.#uses.show((data) => html`<ul>${data.items.map((use) => html`<li><a href=${to('graphs', ...use.graph.split('/'))}>${use.graph}</a>: ${use.how}</li>`)}</ul>`, { empty: 'None.' })}</section>
      ${command(`smo describe plugin ${shellWord(plugin.id)}`)}</div>`)}`;
  }

  #version(version) {
    return html`<section class="card" aria-label="Version ${version.version}"><div class="row spread"><h2>${version.version}</h2>${tag(version.state, toneOf(version.state))}</div>
      ${version.why ? html`<p class="note warn">${version.why}</p>` : nothing}
      ${facts([['File', version.file], ['SHA-256', html`<code>${version.sha256.slice(0, 20)}…</code>`], ['Signed by', version.signer ?? 'nobody'], ['Came by', version.door.toLowerCase()], ['Installed', since(version.installedAt)]])}
      <h3>Services</h3>${version.services.map((service) => html`<p>${service.kind} <strong>${service.name}</strong> ${service.standing ? html`${tag(service.standing.state)} ${number(service.standing.decisions)} decisions, ${number(service.standing.faults)} faults` : nothing}</p>`)}
      <h3>Admission</h3><ul>${(version.admission ?? []).map((rule) => html`<li>${tag(rule.verdict)} ${rule.rule}: ${rule.detail}</li>`)}</ul>
      ${version.conformance ? html`<h3>Conformance kit ${version.conformance.kit} ${tag(version.conformance.passed ? 'passed' : 'failed', version.conformance.passed ? 'ok' : 'bad')}</h3>
        ${version.conformance.services.map((service) => html`<details ?open=${!service.passed}><summary>${service.subject} (${duration(service.tookMillis)})</summary><ul>${service.checks.map((check) => html`<li>${tag(check.result)} ${check.name}${check.detail ? html` <span class="muted">${check.detail}</span>` : nothing}</li>`)}</ul></details>`)}` : html`<p class="muted">The conformance kit has not examined it.</p>`}
    </section>`;
  }

  #actions(plugin) {
    const active = plugin.versions.find((version) => version.state === 'ACTIVE');
    const stopped = plugin.versions.find((version) => version.state === 'STOPPED');
    return html`<div class="row" role="group" aria-label="Actions">
      ${may('UPDATE', 'plugin') ? html`<button class="primary" @click=${() => this.#upload(plugin.id)}>Upgrade</button><button @click=${() => this.#act(plugin, 'Roll back', 'rollback')}>Roll back</button>` : nothing}
      ${may('OPERATE', 'plugin') && active ? html`<button @click=${() => this.#act(plugin, 'Stop', 'stop')}>Stop</button>` : nothing}
      ${may('OPERATE', 'plugin') && stopped ? html`<button @click=${() => this.#act(plugin, 'Start', 'start')}>Start</button>` : nothing}
      ${may('DELETE', 'plugin') ? html`<button class="danger" @click=${() => this.#remove(plugin)}>Remove</button>` : nothing}</div>`;
  }

  #upload(id) {
    let file;
    let progress = '';
    let draw = () => undefined;
    return ask({
      title: id ? `Upgrade ${id}` : 'Install a plugin',
      body: (redraw) => {
        draw = redraw;
        return html`<p>${id ? 'The new version decides beside the old one first; if it fails, the old one stays.' : 'Admission looks at it before any of its code runs, then the conformance kit examines it.'}</p>
        <label class="field"><span>Bundle (.jar), or feature (.zip)</span><input type="file" accept=".jar,.zip" required @change=${(event) => { [file] = event.target.files; redraw(); }}></label>${progress ? html`<p role="status">${progress}</p>` : nothing}`;
      },
      confirm: id ? 'Upgrade' : 'Install',
      shell: () => (id ? `smo plugin upgrade ${shellWord(id)} ${shellWord(file?.name ?? 'FILE')}` : `smo plugin install ${shellWord(file?.name ?? 'FILE')}`),
      action: async (key) => {
        progress = `Sending ${bytes(file.size)}…`;
        draw();
        const base = id ? path('api', 'v1', 'plugins', id, 'upgrade') : '/api/v1/plugins';
        const type = file.name.toLowerCase().endsWith('.zip') ? 'application/zip' : 'application/java-archive';
        // what became of it is drawn by the dialog
        const answer = await change('POST', query(base, { name: file.name }), file, { key, type }).finally(() => (progress = ''));
        followOperation(answer.body, `${id ? 'Upgrade' : 'Install'} ${file.name}`);
        this.#list.reload();
        this.#plugin.reload();
        return answer;
      },
    });
  }

  async #act(plugin, title, verb) {
    let force = false;
    return ask({
      title: `${title} ${plugin.id}?`,
      body: (redraw) => (verb === 'start' ? nothing : html`<label class="row"><input type="checkbox" .checked=${force} @change=${(event) => { force = event.target.checked; redraw(); }}>Also when graphs use what goes; their fallbacks decide then</label>`),
      confirm: title,
      shell: () => ({
        start: `smo plugin start ${shellWord(plugin.id)}`,
        stop: `smo plugin stop ${shellWord(plugin.id)}${force ? ' --force' : ''}`,
        rollback: `smo plugin rollback ${shellWord(plugin.id)}${force ? ' --force' : ''}`,
      })[verb],
      action: async (key) => {
        const answer = await change('POST', query(path('api', 'v1', 'plugins', plugin.id, verb), { force }), undefined, { key });
        followOperation(answer.body, `${title} ${plugin.id}`);
        this.#plugin.reload();
        return answer;
      },
    });
  }

  #remove(plugin) {
    let force = false;
    return ask({
      title: `Remove ${plugin.id}?`,
      body: (redraw) => html`<label class="row"><input type="checkbox" .checked=${force} @change=${(event) => { force = event.target.checked; redraw(); }}>Also when graphs use it; their fallbacks decide then</label>`,
      confirm: 'Remove', danger: true, typed: plugin.id, shell: () => `smo plugin remove ${shellWord(plugin.id)}${force ? ' --force' : ''}`,
      action: async (key) => {
        const answer = await change('DELETE', query(path('api', 'v1', 'plugins', plugin.id), { force }), undefined, { key });
        followOperation(answer.body, `Remove ${plugin.id}`);
        return answer;
      },
    });
  }
}

const toneOf = (state) => ({ ACTIVE: 'ok', REFUSED: 'bad', FAILED: 'bad', STOPPED: 'warn' })[state] ?? 'busy';

customElements.define('smo-plugins', Plugins);
