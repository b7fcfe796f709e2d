// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { query } from '../net/api.js';
import { Answer, Element, problemView } from '../ui/element.js';
import { bytes, number } from '../ui/format.js';
import { readAll } from '../ui/read.js';
import { choiceFilter, clusterLink, command, meter, pager, tag, textFilter } from '../ui/views.js';

const LIMIT = 500;

export const stateOf = (cluster) => (cluster.ready ? (cluster.cordon ? (cluster.cordon.draining ? 'draining' : 'cordoned') : 'ready') : 'unavailable');

/** All clusters with what they have and what of it is used. */
class Clusters extends Element {
  static properties = { place: { attribute: false }, others: { state: true }, problem: { state: true } };

  #followed;
  #list = new Answer(this, () => query('/api/v1/clusters', { limit: LIMIT, cursor: this.#isFiltered ? '' : this.place?.parameters.get('cursor') }), {
    concerns: (event) => /^(cluster|service)\./.test(event.type), quietMillis: 1000, everySeconds: 30,
  });

  get #isFiltered() {
    return ['q', 'state'].some((name) => this.place?.parameters.get(name));
  }

  updated() {
    const first = this.#list.data;
    if (this.#isFiltered && first?.nextCursor && first !== this.#followed) {
      this.#followed = first;
      this.#readOn(first);
    }
  }

  /** The server filters nothing here: what is looked for may be on any page. */
  async #readOn(first) {
    try {
      const others = await readAll('/api/v1/clusters', { limit: LIMIT, cursor: first.nextCursor });
      if (first === this.#followed) {
        this.others = others;
        this.problem = undefined;
      }
    } catch (problem) {
      this.problem = problem;
    }
  }

  /** Clusters that are looked through, and whether those are all. */
  #known(data) {
    if (!this.#isFiltered || !data.nextCursor) {
      return { items: data.items, whole: true };
    }
    return this.others ? { items: [...data.items, ...this.others], whole: true } : { items: data.items, whole: false };
  }

  render() {
    const parameters = this.place.parameters;
    return html`<div class="head"><h1>Clusters</h1></div>
      <div class="filters">${textFilter('q', 'Name, location or label', parameters)}${choiceFilter('state', 'State', ['ready', 'cordoned', 'draining', 'unavailable'], parameters)}</div>
      ${this.#list.show((data) => this.#table(data, parameters), { empty: 'No cluster is known. An adapter (Karmada, Kubernetes contexts) brings them.' })}
      ${command('smo get clusters')}`;
  }

  #table(data, parameters) {
    const text = (parameters.get('q') ?? '').toLowerCase();
    const state = parameters.get('state');
    const { items, whole } = this.#known(data);
    const shown = items.filter(
      (cluster) =>
        (!text || [cluster.name, cluster.source, cluster.location, ...Object.entries(cluster.labels).map(([key, value]) => `${key}=${value}`)].some((each) => each.toLowerCase().includes(text))) &&
        (!state || stateOf(cluster) === state),
    );
    return html`${data.unknownSources?.length ? html`<p class="note warn" role="status">Sources that do not answer: ${data.unknownSources.join(', ')}. Their clusters may be missing here.</p>` : nothing}
      ${whole ? nothing : this.problem ? problemView(this.problem) : html`<p class="loading" role="status">Looking through the others, too…</p>`}
      <div class="table-box"><table><caption>${shown.length} clusters; a bar: in use, and reserved beside it</caption><thead><tr><th scope="col">Cluster</th><th scope="col">State</th><th scope="col">CPU (cores)</th><th scope="col">Memory</th><th scope="col" class="hide-narrow">GPU</th>
        <th scope="col" class="num hide-narrow">g CO₂/kWh</th><th scope="col" class="num hide-narrow">Price/core h</th></tr></thead>
      <tbody>${shown.map(
        (cluster) => html`<tr><td>${clusterLink(cluster.name, cluster.source)}<div class="muted">${cluster.location}</div></td><td>${tag(stateOf(cluster))}</td>
          <td>${amount(cluster, 'cpuMillis', (value) => number(value / 1000), 'CPU')}</td><td>${amount(cluster, 'memoryBytes', bytes, 'Memory')}</td><td class="hide-narrow">${cluster.allocatable.gpus ? `${cluster.reserved.gpus}/${cluster.allocatable.gpus}` : '–'}</td>
          <td class="num hide-narrow">${number(cluster.signals.carbonGramsPerKwh)}</td><td class="num hide-narrow">${number(cluster.signals.pricePerCpuHour)}</td></tr>`,
      )}</tbody></table></div>${this.#isFiltered ? nothing : pager(data)}`;
  }
}

export function amount(cluster, resource, text, label) {
  return html`${meter(cluster.allocated[resource], cluster.reserved[resource], cluster.allocatable[resource], `${label} of ${cluster.name}`)}
    <span class="muted">${text(cluster.reserved[resource])} / ${text(cluster.allocatable[resource])}</span>`;
}

customElements.define('smo-clusters', Clusters);
