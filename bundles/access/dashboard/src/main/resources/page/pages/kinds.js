// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { Problem, change, getIfChanged, path, query } from '../net/api.js';
import { may } from '../net/session.js';
import { ask, followOperation } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { camelWords } from '../ui/format.js';
import { navigate, to } from '../ui/router.js';
import { breadcrumbs, command, facts, pager, shellWord, since, tag, textFilter } from '../ui/views.js';
import { asYaml } from '../ui/yaml.js';

const OWN_PAGES = { graph: 'graphs', cluster: 'clusters', plugin: 'plugins', strategy: 'strategies' };

/** Resources of every kind, also of those that bundles bring: /kinds, /kinds/KIND, /kinds/KIND/NAME?project=P. */
class Kinds extends Element {
  static properties = { place: { attribute: false } };

  #kinds = new Answer(this, () => '/api/v1/kinds', { everySeconds: 30 });
  #list = new Answer(this, () => (this.#kind && !this.#name ? query(path('api', 'v1', 'kinds', this.#kind, 'resources'), { cursor: this.place.parameters.get('cursor'), project: this.place.parameters.get('project'), limit: 50 }) : ''), { concerns: (event) => event.type.startsWith(`${this.#kind}.`), everySeconds: 15, keep: false });
  #resource = new Answer(this, () => (this.#kind && this.#name ? this.#path() : ''), { concerns: (event) => event.type.startsWith(`${this.#kind}.`), everySeconds: 5, keep: false });

  get #kind() {
    return this.place.segments[1];
  }

  get #name() {
    return this.place.segments[2];
  }

  #path() {
    return query(path('api', 'v1', 'kinds', this.#kind, 'resources', this.#name), { project: this.place.parameters.get('project') });
  }

  get #described() {
    return this.#kinds.data?.items.find((kind) => kind.name === this.#kind);
  }

  render() {
    if (!this.#kind) {
      return html`<div class="head"><h1>Resources</h1></div>${this.#kinds.show((data) => html`<div class="table-box"><table><caption>Kinds, those of the product and those that bundles bring</caption><thead><tr><th scope="col">Kind</th><th scope="col">Belongs to</th><th scope="col">Fields that can be asked for</th></tr></thead>
        <tbody>${data.items.map((kind) => html`<tr><td><a href=${OWN_PAGES[kind.name] ? to(OWN_PAGES[kind.name]) : to('kinds', kind.name)}>${kind.name}</a></td><td>${kind.scope === 'project' ? 'a project' : 'the server'}</td><td>${kind.fields.join(', ') || '–'}</td></tr>`)}</tbody></table></div>`)}${command('smo get kinds')}`;
    }
    return this.#name ? html`${breadcrumbs(html`<a href=${to('kinds')}>Resources</a>`, html`<a href=${to('kinds', this.#kind)}>${this.#kind}</a>`)}${this.#resource.show((resource) => this.#one(resource))}` : this.#all();
  }

  #columns() {
    return (this.#described?.fields ?? []).slice(0, 5);
  }

  #all() {
    const columns = this.#columns();
    const perProject = this.#described?.scope === 'project';
    const project = this.place.parameters.get('project');
    return html`${breadcrumbs(html`<a href=${to('kinds')}>Resources</a>`)}<div class="head"><h1>${this.#kind}</h1><span class="grow"></span>${may('CREATE', 'resource') && this.#described && !this.#described.ownPath ? html`<button class="primary" @click=${() => this.#edit()}>New ${this.#kind}</button>` : nothing}</div>
      ${perProject ? html`<div class="filters">${textFilter('project', 'Project', this.place.parameters)}</div>` : nothing}
      ${this.#list.show((data) => html`<div class="table-box"><table><caption class="visually-hidden">${this.#kind}</caption><thead><tr><th scope="col">Name</th>${perProject ? html`<th scope="col">Project</th>` : nothing}<th scope="col">Phase</th>${columns.map((column) => html`<th scope="col">${column.replace(/^.*\//, '')}</th>`)}<th scope="col">Changed</th></tr></thead>
        <tbody>${data.items.map((resource) => html`<tr><td><a href=${query(to('kinds', this.#kind, resource.name), { project: resource.project })}>${resource.name}</a></td>${perProject ? html`<td>${resource.project}</td>` : nothing}<td>${tag(resource.phase)}</td>${columns.map((column) => html`<td class="wrap">${at(resource.desired, column)}</td>`)}<td>${since(resource.updatedAt)}</td></tr>`)}</tbody></table></div>${pager(data)}`, { empty: 'There is none.' })}
      ${command(`smo get ${shellWord(this.#kind)}${project ? ` -p ${shellWord(project)}` : ''}`)}`;
  }

  #one(resource) {
    const own = this.#described?.ownPath;
    return html`<div class="head"><h1>${resource.name}</h1>${tag(resource.phase)}<span class="muted">${resource.project ?? ''} changed ${since(resource.updatedAt)}</span><span class="grow"></span>
        ${!own && may('UPDATE', 'resource', resource.project ?? undefined) ? html`<button @click=${() => this.#edit(resource)}>Edit</button>` : nothing}${!own && may('DELETE', 'resource', resource.project ?? undefined) ? html`<button class="danger" @click=${() => this.#remove(resource)}>Remove</button>` : nothing}</div>
      <div class="stack">${resource.conditions.filter((condition) => condition.status !== 'True').map((condition) => html`<div class="note warn"><strong>${camelWords(condition.type)}: ${condition.status}</strong> (${camelWords(condition.reason)}) ${condition.message}</div>`)}
      <div class="grid two"><section class="card" aria-labelledby="k-desired"><h2 id="k-desired">Desired</h2><pre tabindex="0">${asYaml(resource.desired)}</pre></section><section class="card" aria-labelledby="k-observed"><h2 id="k-observed">Observed</h2><pre tabindex="0">${asYaml(resource.observed)}</pre></section></div>
      <section class="card" aria-label="Facts">${facts([['Generation', `${resource.generation}, observed ${resource.observedGeneration}`], ['Labels', Object.entries(resource.labels).map(([name, value]) => `${name}=${value}`).join(', ') || 'none'], ['UID', html`<code>${resource.uid}</code>`]])}</section>
      ${command(`smo describe ${shellWord(this.#kind)} ${shellWord(resource.name)}${resource.project ? ` -p ${shellWord(resource.project)}` : ''}`)}</div>`;
  }

  #edit(resource) {
    const form = { name: resource?.name ?? '', project: resource?.project ?? this.place.parameters.get('project') ?? '', desired: JSON.stringify(resource?.desired ?? {}, null, 2) };
    const field = (name, redraw) => (event) => {
      form[name] = event.target.value;
      redraw();
    };
    return ask({
      title: resource ? `Edit ${resource.name}` : `New ${this.#kind}`,
      body: (redraw) => html`${resource ? nothing : html`<label class="field"><span>Name</span><input required .value=${form.name} @input=${field('name', redraw)}></label>${this.#described?.scope === 'project' ? html`<label class="field"><span>Project</span><input required .value=${form.project} @input=${field('project', redraw)}></label>` : nothing}`}
        <label class="field"><span>Desired state (JSON)</span><textarea rows="14" class="mono" spellcheck="false" .value=${form.desired} @input=${field('desired', redraw)}></textarea></label>
        <details><summary>Schema</summary><pre tabindex="0">${JSON.stringify(this.#described?.schema ?? {}, null, 2)}</pre></details>
        <details><summary>The file for the command line</summary><pre tabindex="0">${fileOf(this.#kind, form, resource)}</pre></details>`,
      confirm: resource ? 'Apply' : 'Create',
      shell: 'smo apply -f FILE',
      action: async (key) => {
        const target = query(path('api', 'v1', 'kinds', this.#kind, 'resources', form.name), { project: form.project });
        const body = { desired: jsonOf(form.desired), ...(resource ? { labels: resource.labels } : {}) };
        const headers = resource ? { 'if-match': await this.#tagOf(resource, target) } : { 'if-none-match': '*' };
        const answer = await change('PUT', target, body, { key, headers });
        followOperation(answer.body.operation ?? answer.body, `${resource ? 'Apply' : 'Create'} ${form.name}`);
        navigate(query(to('kinds', this.#kind, form.name), { project: form.project }));
        return answer;
      },
    });
  }

  /** The tag also changes with what is observed; what matters is that nobody has wished for something else. */
  async #tagOf(resource, target) {
    const now = await getIfChanged(target);
    if (now.data.generation !== resource.generation) {
      throw new Problem(412, { title: 'Precondition Failed', detail: `Somebody else has changed ${resource.name} in the meantime. Cancel, look at it, and change that.` });
    }
    return now.etag;
  }

  #remove(resource) {
    return ask({
      title: `Remove ${this.#kind} ${resource.name}?`, confirm: 'Remove', danger: true, typed: resource.name, shell: `smo delete ${shellWord(this.#kind)} ${shellWord(resource.name)}${resource.project ? ` -p ${shellWord(resource.project)}` : ''}`,
      action: async (key) => {
        const answer = await change('DELETE', this.#path(), undefined, { key });
        followOperation(answer.body.operation ?? answer.body, `Remove ${resource.name}`);
        navigate(to('kinds', this.#kind));
        return answer;
      },
    });
  }
}

/** JSON that somebody has typed. @throws Problem that says what is wrong with it */
function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new Problem(400, { title: 'The desired state is no JSON', detail: failure.message });
  }
}

/** What smo apply takes for the same. */
function fileOf(kind, { name, project, desired }, resource) {
  try {
    return asYaml({ kind, ...(project ? { project } : {}), name, ...(resource ? { labels: resource.labels } : {}), desired: jsonOf(desired) });
  } catch (problem) {
    return `${problem.body.title}: ${problem.message}`;
  }
}

/** What a JSON pointer names. */
function at(document_, pointer) {
  const value = pointer.split('/').filter(Boolean).reduce((node, key) => node?.[key], document_);
  return value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

customElements.define('smo-kinds', Kinds);
