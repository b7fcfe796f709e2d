// SPDX-License-Identifier: Apache-2.0
import { html } from 'lit';
import { Element } from './element.js';
import { number } from './format.js';

const COLOURS = ['#3f7fd1', '#d1813f', '#3fa66b', '#a65fb8', '#c2504f', '#4aa3ad', '#8a8a3c', '#7a6ad1'];
let loaded;
const library = () => (loaded ??= import('uplot').then((module) => module.default));

/**
 * Lines over time (uPlot). `series` is `{times: [seconds], lines: [{label, values, unit, stepped}]}`, in the order of time; `mark` a
 * moment in seconds to show as a line. The same numbers are in a table for readers of screens.
 */
export class Chart extends Element {
  static properties = { series: { attribute: false }, label: {}, mark: { attribute: false }, height: { type: Number } };

  #plot;
  #shape = '';
  #size;

  constructor() {
    super();
    this.series = { times: [], lines: [] };
    this.label = '';
    this.height = 180;
  }

  render() {
    const { times, lines } = this.series;
    return html`<div class="plot" role="img" aria-label="${this.label}: ${lines
        .map((line) => `${line.label} last ${number(line.values.at(-1))} ${line.unit ?? ''}`)
        .join(', ') || 'no data'}"></div>
      ${times.length === 0 ? html`<p class="muted">No data in this time.</p>` : ''}`;
  }

  async updated() {
    const uPlot = await library();
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
            label: line.unit ? `${line.label} (${line.unit})` : line.label,
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

customElements.define('smo-chart', Chart);
