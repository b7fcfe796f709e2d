// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path, query } from '../net/api.js';
import { may } from '../net/session.js';
import '../ui/chart.js';
import { ask, followOperation } from '../ui/dialog.js';
import { Answer, Element, problemView } from '../ui/element.js';
import { bytes, moment, number } from '../ui/format.js';
import { fleetView } from '../ui/fleet-view.js';
import { setParameters, to, withParameters } from '../ui/router.js';
import { breadcrumbs, clusterSegments, command, facts, graphLink, pager, shellWord, since, tabs, tag, whyLink } from '../ui/views.js';
import { amount, stateOf } from './clusters.js';

const TABS = [['', 'Services on it'], ['signals', 'Carbon and price'], ['lost', 'What if it were lost']];

/** One cluster: what it has, what runs on it, and what would happen without it. */
class Cluster extends Element {
  static properties = { place: { attribute: false }, lost: { state: true }, problem: { state: true }, busy: { state: true }, previewing: { state: true } };

  #cluster = new Answer(this, () => this.#path(), { concerns: (event) => event.type.startsWith('cluster.') || event.type.startsWith('service.'), quietMillis: 1000, everySeconds: 20, keep: false });
  #services = new Answer(this, () => (this.#tab === '' ? query(this.#path('services'), { limit: 100, cursor: this.place.parameters.get('cursor') }) : ''), { concerns: (event) => event.type.startsWith('service.'), quietMillis: 1000, keep: false });

  get #tab() {
    return this.place.parameters.get('tab') ?? '';
  }

  /** NAME or SOURCE/NAME, as the address has it. */
  get #reference() {
    return this.place.segments.slice(1).join('/');
  }

  #path(...more) {
    return path('api', 'v1', 'clusters', ...clusterSegments(this.#reference), ...more);
  }

  updated() {
    if (this.#tab === 'lost' && this.lostOf !== this.#reference && !this.busy) {
      this.lostOf = this.#reference;
      this.#whatIfLost();
    }
  }

  render() {
    return html`${breadcrumbs(html`<a href=${to('clusters')}>Clusters</a>`)}${this.#cluster.show((cluster) => this.#page(cluster))}`;
  }

  #page(cluster) {
    const operate = may('OPERATE', 'cluster');
    return html`<div class="head"><h1>${cluster.name}</h1>${tag(stateOf(cluster))}<span class="muted">${cluster.location}, from ${cluster.source}, seen ${since(cluster.observedAt)}</span><span class="grow"></span>
        <div class="row" role="group" aria-label="Actions">
          ${operate && !cluster.cordon ? html`<button @click=${() => this.#cordon(cluster)}>Cordon</button>` : nothing}
          ${operate && cluster.cordon ? html`<button @click=${() => this.#uncordon(cluster)}>Uncordon</button>` : nothing}
          ${operate && !cluster.cordon?.draining ? html`<button ?disabled=${this.previewing} @click=${() => this.#drain(cluster)}>${this.previewing ? 'Looking where all would go…' : 'Drain'}</button>` : nothing}
          <button @click=${() => setParameters({ tab: 'lost' })}>What if it were lost?</button></div></div>
      <div class="stack">
      ${cluster.cordon ? html`<p class="note warn" role="status">${cluster.cordon.draining ? 'It is being drained' : 'It takes no new services'} since ${moment(cluster.cordon.since)}${cluster.cordon.reason ? `: ${cluster.cordon.reason}` : ''}. ${cluster.cordon.operation ? html`<a href=${to('operations', cluster.cordon.operation)}>Operation</a>` : nothing}</p>` : nothing}
      <div class="grid">
        <section class="card" aria-labelledby="c-cap"><h2 id="c-cap">Capacity</h2>${facts([
          ['CPU', amount(cluster, 'cpuMillis', (value) => `${number(value / 1000)} cores`, 'CPU')], ['Memory', amount(cluster, 'memoryBytes', bytes, 'Memory')], ['Storage', amount(cluster, 'storageBytes', bytes, 'Storage')],
          cluster.allocatable.gpus ? ['GPU', amount(cluster, 'gpus', number, 'GPU')] : undefined,
          ...Object.keys(cluster.allocatable.extended ?? {}).map((name) => [name, `${number(cluster.reserved.extended?.[name] ?? 0)} / ${number(cluster.allocatable.extended[name])}`]),
        ])}</section>
        <section class="card" aria-labelledby="c-now"><h2 id="c-now">Now</h2>${facts([['Carbon', `${number(cluster.signals.carbonGramsPerKwh)} g CO₂/kWh`], ['Renewable', cluster.signals.renewableShare === null ? '–' : `${Math.round(cluster.signals.renewableShare * 100)} %`], ['Price', `${number(cluster.signals.pricePerCpuHour)} per core and hour`],
          cluster.use ? ['Placed there', `${number(cluster.use.services)} services of ${number(cluster.use.graphs)} graphs, ${number(cluster.use.replicas)} replicas`] : undefined,
          cluster.artifactTypes?.length ? ['Runs artifacts of type', cluster.artifactTypes.join(', ')] : undefined,
          ['Power', `${number(cluster.energy.idleWatts)} to ${number(cluster.energy.peakWatts)} W`]])}</section>
        <section class="card" aria-labelledby="c-labels"><h2 id="c-labels">Labels</h2>${facts(Object.entries(cluster.labels))}</section>
      </div>
      ${tabs(TABS, this.#tab, (id) => withParameters({ tab: id, cursor: '' }))}
      ${this.#tab === '' ? this.#running() : nothing}${this.#tab === 'signals' ? this.#curves(cluster) : nothing}${this.#tab === 'lost' ? this.#without(cluster) : nothing}
      ${command(`smo describe cluster ${shellWord(this.#reference)}`)}</div>`;
  }

  #running() {
    return this.#services.show((data) => html`<div class="table-box"><table><caption>Services that are placed on it</caption><thead><tr><th scope="col">Graph</th><th scope="col">Service</th><th scope="col" class="num">Replicas</th><th scope="col">Also on</th><th scope="col">Graph is</th><th scope="col"><span class="visually-hidden">Why</span></th></tr></thead>
      <tbody>${data.items.map((service) => html`<tr><td>${graphLink(service.project, service.graph)}</td><td>${service.service}</td><td class="num">${service.replicas}</td><td>${service.elsewhere.join(', ')}</td><td>${tag(service.phase)}</td><td>${whyLink(service.project, service.graph, service.service)}</td></tr>`)}</tbody></table></div>${pager(data)}`,
      { empty: 'No service is placed on it.' });
  }

  #curves(cluster) {
    const { forecast, carbonGramsPerKwh, pricePerCpuHour } = cluster.signals;
    const now = Date.now() / 1000;
    const points = forecast.length ? forecast : carbonGramsPerKwh === null ? [] : [{ from: cluster.observedAt, carbonGramsPerKwh }];
    const carbon = {
      times: points.map((point) => new Date(point.from).getTime() / 1000),
      lines: [{ label: 'carbon', unit: 'g CO₂/kWh', values: points.map((point) => point.carbonGramsPerKwh), stepped: true }],
    };
    return html`<div class="grid two">
      <section class="card" aria-labelledby="c-carbon"><h2 id="c-carbon">Carbon intensity, now and expected</h2><smo-chart label="Carbon intensity of ${cluster.name}" .series=${carbon} .mark=${now}></smo-chart>${forecast.length ? nothing : html`<p class="muted">Nobody forecasts it.</p>`}</section>
      <section class="card" aria-labelledby="c-price"><h2 id="c-price">Price</h2><p><span class="figure">${number(pricePerCpuHour)}</span> per core and hour</p><p class="muted">Sources tell the present price only.</p></section></div>`;
  }

  async #plan() {
    return (await change('POST', '/api/v1/fleet/what-if', { whatIf: { clusters: { [this.#reference]: 'lost' } } })).body;
  }

  async #whatIfLost() {
    this.busy = true;
    this.problem = undefined;
    try {
      this.lost = await this.#plan();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  #without(cluster) {
    return html`<section class="card" aria-labelledby="c-lost"><h2 id="c-lost">If ${cluster.name} were lost</h2><p class="muted">Nothing is changed: the plan is only thought through.</p>
      ${this.problem ? problemView(this.problem) : nothing}${this.busy ? html`<p class="loading" role="status">Thinking it through…</p>` : nothing}${this.lost && !this.busy ? fleetView(this.lost) : nothing}
      <p></p><div class="row"><button ?disabled=${this.busy} @click=${() => this.#whatIfLost()}>Ask again</button></div>
      ${command(`smo fleet what-if --lost ${shellWord(this.#reference)}`)}</section>`;
  }

  #cordon(cluster) {
    return this.#directive(cluster, 'Cordon', 'cordon', html`<p>It takes no new services; what runs on it stays.</p>`);
  }

  #uncordon(cluster) {
    return this.#directive(cluster, 'Uncordon', 'uncordon', html`<p>It takes new services again.</p>`);
  }

  /** Asks when it is known where all would go: nobody drains a cluster unseen. */
  async #drain(cluster) {
    const asked = this.#reference;
    let preview;
    this.previewing = true;
    try {
      preview = html`<p>This is where they would go:</p>${fleetView(await this.#plan())}`;
    } catch (problem) {
      preview = html`<p>Where they would go is not known:</p>${problemView(problem)}`;
    } finally {
      this.previewing = false;
    }
    return this.isConnected && asked === this.#reference
      ? this.#directive(cluster, 'Drain', 'drain', html`<p>All services leave it, new before old where there is room.</p>${preview}`)
      : undefined;
  }

  #directive(cluster, title, verb, body) {
    let reason = '';
    return ask({
      title: `${title} ${cluster.name}?`,
      body: (redraw) => html`${body}
        <label class="field"><span>Reason, for those who look later</span><input name="reason" maxlength="500" .value=${reason} @input=${(event) => { reason = event.target.value; redraw(); }}></label>`,
      confirm: title,
      danger: verb === 'drain',
      shell: () => `smo ${verb} ${shellWord(this.#reference)}${reason ? ` --why ${shellWord(reason)}` : ''}`,
      action: async (key) => {
        const answer = await change('POST', this.#path(verb), { reason }, { key });
        followOperation(answer.body.operation ? { id: answer.body.operation, href: path('api', 'v1', 'operations', answer.body.operation), state: 'ACCEPTED' } : answer.body, `${title} ${cluster.name}`);
        this.#cluster.reload();
        return answer.body;
      },
    });
  }
}

customElements.define('smo-cluster', Cluster);
