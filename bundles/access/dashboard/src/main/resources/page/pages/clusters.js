// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { query } from '../net/api.js';
import { Answer, Element } from '../ui/element.js';
import { bytes, number } from '../ui/format.js';
import { choiceFilter, clusterLink, command, meter, pager, tag, textFilter } from '../ui/views.js';

const LIMIT = 500;

export const stateOf = (cluster) => (cluster.ready ? (cluster.cordon ? (cluster.cordon.draining ? 'draining' : 'cordoned') : 'ready') : 'unavailable');

/** All clusters with what they have and what of it is used. */
class Clusters extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => query('/api/v1/clusters', { limit: LIMIT, cursor: this.place?.parameters.get('cursor') }), {
    concerns: (event) => /^(cluster|service)\./.test(event.type), quietMillis: 1000, everySeconds: 30,
  });

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
    const shown = data.items.filter(
      (cluster) =>
        (!text || [cluster.name, cluster.source, cluster.location, ...Object.entries(cluster.labels).map(([key, value]) => `${key}=${value}`)].some((each) => each.toLowerCase().includes(text))) &&
        (!state || stateOf(cluster) === state),
    );
    return html`${data.unknownSources?.length ? html`<p class="note warn" role="status">Sources that do not answer: ${data.unknownSources.join(', ')}. Their clusters may be missing here.</p>` : nothing}
      <div class="table-box"><table><caption>${shown.length} clusters; a bar: in use, and reserved beside it</caption><thead><tr><th scope="col">Cluster</th><th scope="col">State</th><th scope="col">CPU (cores)</th><th scope="col">Memory</th><th scope="col" class="hide-narrow">GPU</th>
        <th scope="col" class="num hide-narrow">g CO₂/kWh</th><th scope="col" class="num hide-narrow">Price/core h</th></tr></thead>
      <tbody>${shown.map(
        (cluster) => html`<tr><td>${clusterLink(cluster.name, cluster.source)}<div class="muted">${cluster.location}</div></td><td>${tag(stateOf(cluster), { ready: 'ok', unavailable: 'bad' }[stateOf(cluster)] ?? 'warn')}</td>
          <td>${amount(cluster, 'cpuMillis', (value) => number(value / 1000), 'CPU')}</td><td>${amount(cluster, 'memoryBytes', bytes, 'Memory')}</td><td class="hide-narrow">${cluster.allocatable.gpus ? `${cluster.reserved.gpus}/${cluster.allocatable.gpus}` : '–'}</td>
          <td class="num hide-narrow">${number(cluster.signals.carbonGramsPerKwh)}</td><td class="num hide-narrow">${number(cluster.signals.pricePerCpuHour)}</td></tr>`,
      )}</tbody></table></div>${pager(data)}`;
  }
}

export function amount(cluster, resource, text, label) {
  return html`${meter(cluster.allocated[resource], cluster.reserved[resource], cluster.allocatable[resource], `${label} of ${cluster.name}`)}
    <span class="muted">${text(cluster.reserved[resource])} / ${text(cluster.allocatable[resource])}</span>`;
}

customElements.define('smo-clusters', Clusters);
