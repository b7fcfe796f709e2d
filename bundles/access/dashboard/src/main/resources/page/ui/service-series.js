// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import './chart.js';
import { Answer, Element } from './element.js';

const seconds = (instant) => new Date(instant).getTime() / 1000;

/** Replicas and load of one service over time, read from `path`. */
class ServiceSeries extends Element {
  static properties = { path: { attribute: false }, service: { attribute: false } };

  #series = new Answer(this, () => this.path ?? '', { everySeconds: 15 });

  render() {
    return html`<section class="card" aria-label=${this.service}><h2>${this.service}</h2>${this.#series.show((data) => html`
      <smo-chart label="Replicas of ${this.service}" height="130" .series=${this.#replicas(data)}></smo-chart>
      ${data.load.missing ? html`<p class="muted">No load is shown: ${data.load.missing}</p>` : nothing}
      ${data.load.points.length ? html`<smo-chart label="Load of ${this.service}" height="130" .series=${{ times: data.load.points.map((point) => seconds(point.at)), lines: [{ label: 'load', unit: 'requests/s', values: data.load.points.map((point) => point.perSecond) }] }}></smo-chart>` : nothing}`)}</section>`;
  }

  /** The number stays until the next point, the last one until the end. */
  #replicas(data) {
    const points = data.replicas.points.filter((point) => point.at < data.to);
    return {
      times: points.length ? [...points.map((point) => seconds(point.at)), seconds(data.to)] : [],
      lines: [{ label: 'replicas', values: points.length ? [...points.map((point) => point.replicas), points.at(-1).replicas] : [], stepped: true }],
    };
  }
}

customElements.define('smo-service-series', ServiceSeries);
