// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { Problem, change, get, graphPath, query } from '../net/api.js';
import { may } from '../net/session.js';
import { diffView } from '../ui/diff.js';
import { Element, problemView } from '../ui/element.js';
import { submit } from '../ui/graph-actions.js';
import { planView } from '../ui/plan.js';
import { navigate, to } from '../ui/router.js';
import { command } from '../ui/views.js';
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

/** Edits a descriptor, shows what it would do, then does exactly that. */
class Deploy extends Element {
  static properties = {
    place: { attribute: false }, project: { state: true }, errors: { state: true }, plan: { state: true }, problem: { state: true }, busy: { state: true },
    graph: { state: true }, source: { state: true }, reference: { state: true }, foreign: { state: true }, loaded: { state: true }, warnings: { state: true },
  };

  #lintTimer;
  #lintRun = 0;
  #opened;

  constructor() {
    super();
    this.project = '';
    this.errors = [];
    this.source = 'text';
    this.reference = '';
  }

  willUpdate(changed) {
    if (changed.has('place')) {
      const key = this.place.parameters.toString();
      if (key !== this.#opened) {
        this.#opened = key;
        this.#open(this.place.parameters.get('project') ?? sessionStorage.getItem('smo-project') ?? 'demo', this.place.parameters.get('graph'));
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
      editor.text = graph ? asYaml(graph.hdaGraph) : sessionStorage.getItem(DRAFT) ?? SAMPLE;
      this.#lint();
    } catch (problem) {
      this.problem = problem;
    }
  }

  get #editor() {
    return this.querySelector('smo-editor');
  }

  #content() {
    return this.#editor.text;
  }

  /** What is sent: the text as the member hdaGraph, unless it is a whole request already. JSON is YAML, too. */
  #request() {
    const text = this.#content();
    return isRequest(text) ? { body: text, lines: 0, columns: 0 } : { body: `hdaGraph:\n${text.replace(/^/gm, '  ')}`, lines: 1, columns: 2 };
  }

  async #check() {
    const { body, lines, columns } = this.#request();
    const answer = await change('POST', query('/api/v1/descriptors/lint', { project: this.project }), body, { type: 'application/yaml' });
    this.errors = answer.body.errors.map((error) => ({
      ...error,
      line: error.line === null ? undefined : Math.max(1, error.line - lines),
      column: error.column === null ? undefined : Math.max(1, error.column - columns),
    }));
    this.warnings = answer.body.warnings;
    return answer.body.valid;
  }

  #edited() {
    this.plan = undefined;
    if (!this.graph) {
      const text = this.#content();
      if (text.length < 200_000) {
        sessionStorage.setItem(DRAFT, text);
      }
    }
    clearTimeout(this.#lintTimer);
    this.#lintTimer = setTimeout(() => this.#lint(), LINT_AFTER_MILLIS);
  }

  async #lint() {
    const run = ++this.#lintRun;
    try {
      await this.#check();
      this.problem = undefined;
    } catch (problem) {
      if (run === this.#lintRun) {
        this.problem = problem;
      }
    }
    if (this.#editor) {
      this.#editor.errors = this.errors;
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
    if (!(await this.#check())) {
      throw new Problem(400, { title: 'Bad Request', detail: `The descriptor has ${this.errors.length} ${this.errors.length === 1 ? 'error' : 'errors'}`, errors: this.errors });
    }
    return { body: this.#request().body, name: idOf(this.#content()), type: 'application/yaml' };
  }

  async #makePlan() {
    this.busy = true;
    this.problem = undefined;
    this.foreign = undefined;
    sessionStorage.setItem('smo-project', this.project);
    try {
      const { body, name, type } = await this.#body();
      this.plan = (await change('POST', graphPath(this.project, name, 'plan'), body, { type })).body;
      this.planned = { name, text: this.#content() };
      await this.updateComplete;
      this.querySelector('#d-plan')?.scrollIntoView({ behavior: 'smooth', block: 'nearest' });
    } catch (problem) {
      this.problem = problem;
      this.#editor.errors = this.errors;
    } finally {
      this.busy = false;
    }
  }

  async #apply() {
    this.busy = true;
    this.problem = undefined;
    try {
      await submit(`${this.graph ? 'Update' : 'Deploy'} ${this.planned.name}`, 'POST', `${this.plan.href}/apply`);
      sessionStorage.removeItem(DRAFT);
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

  /** Somebody else was first: what they changed, beside what is in the editor. Nothing is overwritten. */
  async #changedByOthers() {
    try {
      const now = await get(graphPath(this.project, this.planned.name));
      if (now.revision !== this.graph?.revision) {
        this.foreign = { graph: now, before: asYaml(this.graph?.hdaGraph ?? {}), after: asYaml(now.hdaGraph), mine: this.#content() };
        this.plan = undefined;
      }
    } catch {
      this.foreign = undefined;
    }
  }

  #takeTheirs() {
    this.graph = this.foreign.graph;
    this.#editor.text = this.foreign.after;
    this.foreign = undefined;
    this.problem = undefined;
    this.#edited();
  }

  #keepMine() {
    this.graph = this.foreign.graph;
    this.foreign = undefined;
    this.problem = undefined;
    this.#makePlan();
  }

  render() {
    const allowed = may(this.graph ? 'UPDATE' : 'CREATE', 'graph', this.project);
    return html`<div class="head"><h1>${this.graph ? `Edit ${this.graph.project}/${this.graph.name}` : 'Deploy a graph'}</h1></div>
      <div class="stack">
        <div class="filters">
          <label>Project<input .value=${this.project} ?disabled=${Boolean(this.graph)} pattern="[a-z0-9]([-a-z0-9]*[a-z0-9])?" @input=${(event) => { this.project = event.target.value; this.plan = undefined; }}></label>
          <label>From<select @change=${(event) => { this.source = event.target.value; this.plan = undefined; }}><option value="text">the editor</option><option value="registry">a registry</option></select></label>
          ${this.source === 'text' ? html`<label>Or a file<input type="file" accept=".yaml,.yml,.json" @change=${this.#file}></label>` : html`<label>Reference<input size="44" placeholder="oci://registry.example/graphs/hello:1.0.0" .value=${this.reference} @input=${(event) => { this.reference = event.target.value; this.plan = undefined; }}></label>`}
          <button class="primary" ?disabled=${this.busy || !this.loaded || !this.project || !allowed || (this.source === 'registry' && !this.reference)} @click=${this.#makePlan}>Show the plan</button>
        </div>
        ${allowed ? nothing : html`<p class="note">Your role does not allow it in this project.</p>`}
        ${this.problem ? problemView(this.problem) : nothing}
        ${this.foreign ? html`<section class="card" aria-labelledby="d-foreign"><h2 id="d-foreign">Somebody else has changed the graph in the meantime</h2>
            <p>It is at revision ${this.foreign.graph.revision} now. What they changed:</p>${diffView(this.foreign.before, this.foreign.after)}<p>What your text would change of theirs:</p>${diffView(this.foreign.after, this.foreign.mine)}
            <div class="row"><button @click=${this.#takeTheirs}>Take theirs into the editor</button><button @click=${this.#keepMine}>Keep mine and plan again</button></div></section>` : nothing}
        ${this.loaded ? html`<smo-editor ?hidden=${this.source === 'registry'} @edited=${this.#edited}></smo-editor>` : this.problem ? nothing : html`<p class="loading" role="status">Loading…</p>`}
        ${this.source === 'text' ? this.#found() : nothing}
        ${this.plan ? html`<section class="card" id="d-plan" aria-labelledby="d-plan-title"><h2 id="d-plan-title">What would happen</h2>${planView(this.plan)}
            ${this.graph && this.source === 'text' ? html`<h3>Changes of the descriptor</h3>${diffView(asYaml(this.graph.hdaGraph), this.planned.text)}` : nothing}
            <p></p><div class="row"><button class="primary" ?disabled=${!this.plan.feasible || this.busy} @click=${this.#apply}>Apply this plan</button></div></section>` : nothing}
        ${command(`smo apply -f FILE -p ${this.project}`)}
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

/** Whether a text is a whole request: the graph below hdaGraph, or a reference to one. */
const isRequest = (text) => /^\s*\{?\s*"?(hdaGraph|artifact|override)"?\s*:/.test(text.replace(/^\s*#.*$/gm, '')) || /^(hdaGraph|override):/m.test(text);

/** The id of the graph, which its address needs: the first one that is least indented. */
const idOf = (text) => [...text.matchAll(/^([ {]*)"?id"?\s*:\s*"?([^"\s#,}]+)/gm)].sort((a, b) => a[1].length - b[1].length)[0]?.[2] ?? jsonId(text);

function jsonId(text) {
  try {
    const value = JSON.parse(text);
    return value.hdaGraph?.id ?? value.id;
  } catch {
    return 'unnamed';
  }
}

const nameOf = (reference) => reference.replace(/^.*\//, '').replace(/[:@].*$/, '');

customElements.define('smo-deploy', Deploy);
