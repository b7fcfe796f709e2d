// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { Element } from './element.js';
import { evenly, moment, number } from './format.js';
import { lazily } from './library.js';

const COLOURS = ['#3f7fd1', '#d1813f', '#3fa66b', '#a65fb8', '#c2504f', '#4aa3ad', '#8a8a3c', '#7a6ad1'];
const MOST_ROWS = 50;
const library = lazily(() => import('uplot').then((module) => module.default));

/**
 * Lines over time (uPlot). `series` is `{times: [seconds], lines: [{label, values, unit, stepped}]}`, in the order of time; `mark` a
 * moment in seconds to show as a line. The same numbers are in a table for readers of screens, which all see while the library is missing; of many
 * some are in it.
 */
export class Chart extends Element {
  static properties = { series: { attribute: false }, label: {}, mark: { attribute: false }, height: { type: Number }, missing: { state: true } };

  #plot;
  #shape = '';
  #size;

  constructor() {
    super();
    this.series = { times: [], lines: [] };
    this.label = '';
    this.height = 180;
    this.missing = false;
  }

  render() {
    const { times, lines } = this.series;
    return html`<div class="plot" role="img" aria-label="${this.label}: ${lines
        .map((line) => `${line.label} last ${number(line.values.at(-1))} ${line.unit ?? ''}`)
        .join(', ') || 'no data'}"></div>
      ${this.missing ? html`<p class="note warn" role="status">The curve cannot be drawn: its library could not be loaded. The numbers are below it; the page tries again with the next ones.</p>` : nothing}
      ${times.length === 0 ? html`<p class="muted">No data in this time.</p>` : this.#table(times, lines)}`;
  }

  #table(times, lines) {
    const rows = evenly(times.length, MOST_ROWS);
    return html`<div class=${this.missing ? 'table-box' : 'visually-hidden'}><table><caption>${this.label}${rows.length < times.length ? `, ${rows.length} of ${times.length} moments` : ''}</caption>
      <thead><tr><th scope="col">When</th>${lines.map((line) => html`<th scope="col">${named(line)}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr><th scope="row">${moment(1000 * times[row])}</th>${lines.map((line) => html`<td class="num">${number(line.values[row])}</td>`)}</tr>`)}</tbody></table></div>`;
  }

  async updated() {
    let uPlot;
    try {
      uPlot = await library();
      this.missing = false;
    } catch {
      this.missing = true;
      return;
    }
    const box = this.querySelector('.plot');
    const { times, lines } = this.series;
    if (!this.isConnected || !box) {
      return;
    }
    const shape = JSON.stringify([lines.map((line) => [line.label, line.stepped]), this.height]);
    const data = [times, ...lines.map((line) => line.values)];
    if (this.#plot && shape === this.#shape) {
      this.#plot.setData(data);
      return;
    }
    this.#plot?.destroy();
    this.#shape = shape;
    if (times.length === 0) {
      this.#plot = undefined;
      return;
    }
    const ink = getComputedStyle(this).getPropertyValue('--muted').trim();
    const grid = getComputedStyle(this).getPropertyValue('--line').trim();
    const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    this.#plot = new uPlot(
      {
        width: Math.max(200, this.clientWidth),
        height: this.height,
        cursor: { drag: { x: true, y: false } },
        scales: { y: { range: (_, low, high) => [Math.min(0, low), high === low ? high + 1 : high * 1.05] } },
        axes: [axis, { ...axis, size: 56 }],
        series: [
          {},
          ...lines.map((line, index) => ({
            label: named(line),
            stroke: COLOURS[index % COLOURS.length],
            width: 2,
            spanGaps: false,
            paths: line.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
            points: { show: times.length < 3 },
          })),
        ],
        hooks: { draw: [(plot) => this.#drawMark(plot)] },
      },
      data,
      box,
    );
    this.#size ??= new ResizeObserver(() =>
      requestAnimationFrame(() => this.#plot?.setSize({ width: Math.max(200, this.clientWidth), height: this.height })),
    );
    this.#size.observe(this);
  }

  #drawMark(plot) {
    if (this.mark === undefined) {
      return;
    }
    const x = Math.round(plot.valToPos(this.mark, 'x', true));
    plot.ctx.save();
    plot.ctx.strokeStyle = COLOURS[4];
    plot.ctx.beginPath();
    plot.ctx.moveTo(x, plot.bbox.top);
    plot.ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
    plot.ctx.stroke();
    plot.ctx.restore();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size?.disconnect();
    this.#size = undefined;
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#shape = '';
  }
}

const named = (line) => (line.unit ? `${line.label} (${line.unit})` : line.label);

customElements.define('smo-chart', Chart);
