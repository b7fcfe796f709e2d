// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { Problem, change, get, graphPath, newKey, path, query } from '../net/api.js';
import { may } from '../net/session.js';
import { diffView } from '../ui/diff.js';
import { Element, problemView } from '../ui/element.js';
import { submit } from '../ui/graph-actions.js';
import { planView } from '../ui/plan.js';
import { navigate, setParameters, to } from '../ui/router.js';
import { command, shellWord } from '../ui/views.js';
import { asYaml } from '../ui/yaml.js';

const SAMPLE = `imVersion: 0.4.0
id: hello
version: 1.0.0
services:
  - id: web
    deployment:
      trigger:
        auto:
          dependencies: [store]
      intent:
        compute: {cpu: light, ram: small, storage: small}
        connectionPoints: [store]
    artifact:
      ociImage: oci://registry.example:5000/samples/web:1.0.0
      ociConfig: {type: App, implementer: HELM}
    scaling: {minReplicas: 1, maxReplicas: 4}
  - id: store
    deployment:
      trigger: {auto: {dependencies: []}}
      intent:
        compute: {cpu: small, ram: small, storage: small}
    artifact:
      ociImage: oci://registry.example:5000/samples/store:1.0.0
      ociConfig: {type: App, implementer: HELM}
`;
const LINT_AFTER_MILLIS = 500;
const DRAFT = 'smo-draft';
const LONGEST_DRAFT = 200_000;

/** Edits a descriptor, shows what it would do, then does exactly that. */
class Deploy extends Element {
  static properties = {
    place: { attribute: false }, project: { state: true }, errors: { state: true }, plan: { state: true }, problem: { state: true }, busy: { state: true },
    graph: { state: true }, foreign: { state: true }, loaded: { state: true }, warnings: { state: true }, unchecked: { state: true },
  };

  #lintTimer;
  #lintRun = 0;
  #opened;

  constructor() {
    super();
    this.project = '';
    this.errors = [];
  }

  get source() {
    return this.place.parameters.get('source') ?? 'text';
  }

  get reference() {
    return this.place.parameters.get('reference') ?? '';
  }

  #from(parameters) {
    this.plan = undefined;
    setParameters(parameters, { replace: true });
  }

  willUpdate(changed) {
    if (changed.has('place')) {
      const [project, graph] = ['project', 'graph'].map((name) => this.place.parameters.get(name));
      const key = `${project}/${graph}`;
      if (key !== this.#opened) {
        this.#opened = key;
        this.#open(project ?? sessionStorage.getItem('smo-project') ?? 'demo', graph);
      }
    }
  }

  async #open(project, name) {
    this.project = project;
    this.plan = undefined;
    this.problem = undefined;
    this.graph = undefined;
    this.loaded = false;
    try {
      const [, schema, graph] = await Promise.all([import('../ui/editor.js'), get('/api/v1/schemas/hdag'), name ? get(graphPath(project, name)) : undefined]);
      this.graph = graph;
      this.loaded = true;
      await this.updateComplete;
      const editor = this.#editor;
      editor.schema = { ...schema.$defs.graph, $defs: schema.$defs };
      editor.text = sessionStorage.getItem(this.#draft) ?? (graph ? asYaml(graph.hdaGraph) : SAMPLE);
      this.#lint();
    } catch (problem) {
      this.problem = problem;
    }
  }

  #keep(text) {
    try {
      if (text.length < LONGEST_DRAFT) {
        sessionStorage.setItem(this.#draft, text);
      }
    } catch {
      // no room beside drafts of other graphs, which are worth as much
      sessionStorage.removeItem(this.#draft);
    }
  }

  /** Where the text is kept that nobody has applied: of a graph until it has another revision. */
  get #draft() {
    return this.graph ? `${DRAFT} ${this.graph.project}/${this.graph.name} ${this.graph.revision}` : DRAFT;
  }

  get #editor() {
    return this.querySelector('smo-editor');
  }

  #content() {
    return this.#editor.text;
  }

  /** What is sent: the text as the member hdaGraph, unless it is a whole request already. JSON is YAML, too. */
  #request() {
    const text = withoutMarker(this.#content());
    return isRequest(text) ? { body: text, lines: 0, columns: 0 } : { body: `hdaGraph:\n${text.replace(/^/gm, '  ')}`, lines: 1, columns: 2 };
  }

  /** @returns errors of the present text; they are shown unless it was checked once more meanwhile */
  async #check() {
    const run = ++this.#lintRun;
    const { body, lines, columns } = this.#request();
    const answer = await change('POST', query('/api/v1/descriptors/lint', { project: this.project }), body, { type: 'application/yaml' });
    const errors = answer.body.errors.map((error) => ({
      ...error,
      line: error.line === null ? undefined : Math.max(1, error.line - lines),
      column: error.column === null ? undefined : Math.max(1, error.column - columns),
    }));
    if (run === this.#lintRun) {
      this.errors = errors;
      this.warnings = answer.body.warnings;
      this.unchecked = undefined;
      if (this.#editor) {
        this.#editor.errors = errors;
      }
    }
    return errors;
  }

  #edited() {
    this.plan = undefined;
    this.#keep(this.#content());
    clearTimeout(this.#lintTimer);
    this.#lintTimer = setTimeout(() => this.#lint(), LINT_AFTER_MILLIS);
  }

  async #lint() {
    const run = this.#lintRun + 1;
    try {
      await this.#check();
    } catch (problem) {
      if (run === this.#lintRun) {
        this.unchecked = problem;
      }
    }
  }

  async #file(event) {
    const [file] = event.target.files;
    if (file) {
      this.#editor.text = await file.text();
      event.target.value = '';
      this.#edited();
    }
  }

  async #body() {
    if (this.source === 'registry') {
      return { body: { artifact: this.reference }, name: this.graph?.name ?? nameOf(this.reference) };
    }
    const request = { body: this.#request().body, name: idOf(withoutMarker(this.#content())), type: 'application/yaml' };
    const errors = await this.#check();
    if (errors.length > 0) {
      throw new Problem(400, { title: 'Bad Request', detail: `The descriptor has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}`, errors });
    }
    return request;
  }

  /** What a plan is for: when it comes and this is another by then, it is not shown. */
  #asked() {
    return JSON.stringify([this.project, this.source, this.reference, this.#content()]);
  }

  /** The graph as it is now; undefined when there is none. */
  async #present(name) {
    const { items } = await get(query(path('api', 'v1', 'projects', this.project, 'graphs'), { namePrefix: name, limit: 1 }));
    return items[0]?.name === name ? get(graphPath(this.project, name)) : undefined;
  }

  async #makePlan() {
    this.busy = true;
    this.problem = undefined;
    this.foreign = undefined;
    sessionStorage.setItem('smo-project', this.project);
    const asked = this.#asked();
    const text = this.#content();
    try {
      const { body, name, type } = await this.#body();
      const now = await this.#present(name);
      if (now && now.revision !== this.graph?.revision) {
        this.#showForeign(now);
        return;
      }
      const plan = (await change('POST', graphPath(this.project, name, 'plan'), body, { type })).body;
      if (asked !== this.#asked()) {
        return;
      }
      this.plan = plan;
      this.planned = { name, text, key: newKey() };
      await this.updateComplete;
      this.querySelector('#d-plan')?.scrollIntoView({ behavior: 'smooth', block: 'nearest' });
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  async #apply() {
    this.busy = true;
    this.problem = undefined;
    try {
      await submit(`${this.graph ? 'Update' : 'Deploy'} ${this.planned.name}`, 'POST', `${this.plan.href}/apply`, undefined, { key: this.planned.key });
      sessionStorage.removeItem(this.#draft);
      navigate(to('graphs', this.project, this.planned.name));
    } catch (problem) {
      this.problem = problem;
      if (problem.status === 409) {
        await this.#changedByOthers();
      }
    } finally {
      this.busy = false;
    }
  }

  async #changedByOthers() {
    try {
      const now = await this.#present(this.planned.name);
      if (now && now.revision !== this.graph?.revision) {
        this.#showForeign(now);
      }
    } catch {
      // the refusal is shown already
      this.foreign = undefined;
    }
  }

  /** Somebody else was first: what they changed, beside what is in the editor. Nothing is overwritten. */
  #showForeign(now) {
    this.foreign = { graph: now, before: asYaml(this.graph?.hdaGraph ?? {}), after: asYaml(now.hdaGraph), mine: this.#content() };
    this.plan = undefined;
  }

  #takeTheirs() {
    sessionStorage.removeItem(this.#draft);
    this.graph = this.foreign.graph;
    this.#editor.text = this.foreign.after;
    this.foreign = undefined;
    this.problem = undefined;
    this.#edited();
  }

  #keepMine() {
    sessionStorage.removeItem(this.#draft);
    this.graph = this.foreign.graph;
    this.foreign = undefined;
    this.problem = undefined;
    this.#keep(this.#content());
    this.#makePlan();
  }

  render() {
    const allowed = may(this.graph ? 'UPDATE' : 'CREATE', 'graph', this.project);
    return html`<div class="head"><h1>${this.graph ? `Edit ${this.graph.project}/${this.graph.name}` : 'Deploy a graph'}</h1></div>
      <div class="stack">
        <div class="filters">
          <label>Project<input .value=${this.project} ?disabled=${Boolean(this.graph)} pattern="[a-z0-9]([a-z0-9\\-]*[a-z0-9])?" @input=${(event) => { this.project = event.target.value; this.plan = undefined; }}></label>
          <label>From<select @change=${(event) => this.#from({ source: event.target.value === 'text' ? '' : event.target.value })}><option value="text" .selected=${this.source === 'text'}>the editor</option><option value="registry" .selected=${this.source === 'registry'}>a registry</option></select></label>
          ${this.source === 'text' ? html`<label>Or a file<input type="file" accept=".yaml,.yml,.json" @change=${this.#file}></label>` : html`<label>Reference<input size="44" placeholder="oci://registry.example/graphs/hello:1.0.0" .value=${this.reference} @input=${(event) => this.#from({ reference: event.target.value })}></label>`}
          <button class="primary" ?disabled=${this.busy || !this.loaded || !this.project || !allowed || (this.source === 'registry' && !this.reference)} @click=${this.#makePlan}>Show the plan</button>
        </div>
        ${allowed ? nothing : html`<p class="note">Your role does not allow it in this project.</p>`}
        ${this.problem ?? this.unchecked ? problemView(this.problem ?? this.unchecked) : nothing}
        ${this.foreign ? html`<section class="card" aria-labelledby="d-foreign"><h2 id="d-foreign">${this.graph ? 'Somebody else has changed the graph in the meantime' : 'There is a graph of this name already'}</h2>
            <p>It is at revision ${this.foreign.graph.revision} now. ${this.graph ? 'What they changed' : 'It is'}:</p>${diffView(this.foreign.before, this.foreign.after)}<p>What your text would change of theirs:</p>${diffView(this.foreign.after, this.foreign.mine)}
            <div class="row"><button @click=${this.#takeTheirs}>Take theirs into the editor</button><button @click=${this.#keepMine}>Keep mine and plan again</button></div></section>` : nothing}
        ${this.loaded ? html`<smo-editor ?hidden=${this.source === 'registry'} @edited=${this.#edited}></smo-editor>` : this.problem ? nothing : html`<p class="loading" role="status">Loading…</p>`}
        ${this.source === 'text' ? this.#found() : nothing}
        ${this.plan ? html`<section class="card" id="d-plan" aria-labelledby="d-plan-title"><h2 id="d-plan-title">What would happen</h2>${planView(this.plan)}
            ${this.graph && this.source === 'text' ? html`<h3>Changes of the descriptor</h3>${diffView(asYaml(this.graph.hdaGraph), this.planned.text)}` : nothing}
            <p></p><div class="row"><button class="primary" ?disabled=${!this.plan.feasible || this.busy} @click=${this.#apply}>Apply this plan</button></div></section>` : nothing}
        ${command(`smo apply -f FILE -p ${shellWord(this.project)}`)}
      </div>`;
  }

  #found() {
    return this.errors.length === 0
      ? html`<p class="muted" role="status">${this.loaded && this.warnings ? 'The descriptor is valid.' : nothing} ${(this.warnings ?? []).join(' ')}</p>`
      : html`<div class="note bad" role="status"><strong>${this.errors.length} ${this.errors.length === 1 ? 'error' : 'errors'}</strong><ul>${this.errors.slice(0, 50).map(
          (error) => html`<li>${error.line ? html`<button class="plain" @click=${() => this.#editor.goTo(error.line)} aria-label="Go to line ${error.line}">Line ${error.line}</button>` : nothing} <code>${error.pointer}</code> ${error.message}</li>`,
        )}</ul></div>`;
  }
}

/** A text without the line that may begin a document of YAML; what is below stays at its line. */
export const withoutMarker = (text) => text.replace(/^((?:[^\S\n]*(?:#[^\n]*)?\n)*)---[^\S\n]*(?=\n|$)/, '$1');

/** Whether a text is a whole request: the graph below hdaGraph, or a reference to one. */
const isRequest = (text) => /^\s*\{?\s*"?(hdaGraph|artifact|override)"?\s*:/.test(text.replace(/^\s*#.*$/gm, '')) || /^(hdaGraph|override):/m.test(text);

/** The id of the graph, which its address needs: that of the JSON, or the first one that is least indented. */
export const idOf = (text) =>
  jsonId(text) ??
  [...text.matchAll(/^([ {]*)["']?id["']?\s*:\s*["']?([^"'\s#,}]+)/gm)].sort((a, b) => a[1].length - b[1].length)[0]?.[2] ??
  'unnamed';

function jsonId(text) {
  try {
    const value = JSON.parse(text);
    return value.hdaGraph?.id ?? value.id;
  } catch {
    return undefined;
  }
}

const nameOf = (reference) => reference.replace(/^.*\//, '').replace(/[:@].*$/, '');

customElements.define('smo-deploy', Deploy);
