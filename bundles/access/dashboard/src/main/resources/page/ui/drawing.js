// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { Element } from './element.js';
import { words } from './format.js';
import { place } from './layout.js';
import { lazily } from './library.js';

const library = lazily(() => import('cytoscape').then((module) => module.default));

const MANY = 250;
const LARGEST_FIT = 1.25;
const NODE_WIDTH = 132;
const NODE_HEIGHT = 40;
const MARGIN = 14;

/**
 * Services and their links over the clusters they run on (Cytoscape). `services` is a list of `{id, clusters, state, tone, replicas}`, `links`
 * a list of `[from, to]`. A service that runs on several clusters is drawn on each. Dispatches `choose` with `detail.service`.
 * The same is in the table of services, for readers of screens.
 */
export class Drawing extends Element {
  static properties = { services: { attribute: false }, links: { attribute: false }, label: {}, missing: { state: true } };

  #cy;
  #shape = '';
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #repaint = () => this.#cy?.style(this.#style());

  constructor() {
    super();
    this.services = [];
    this.links = [];
    this.label = 'Services over their clusters';
    this.missing = false;
  }

  render() {
    const clusters = new Set(this.services.flatMap((service) => service.clusters));
    return html`${this.missing ? html`<p class="note warn" role="status">The drawing cannot be shown: its library could not be loaded. The table has the same; the page tries again with the next change.</p>` : nothing}<div class="drawing" ?hidden=${this.missing}>
      <div class="canvas" role="img" aria-label="${this.label}: ${this.services.length} services on ${clusters.size} clusters; the table has the same"></div>
      <div class="row">
        <button @click=${() => this.#zoom(1.25)} aria-label="Larger">+</button>
        <button @click=${() => this.#zoom(0.8)} aria-label="Smaller">−</button>
        <button @click=${() => this.#fit()}>Fit</button>
      </div>
    </div>`;
  }

  /** All of it, but not larger than text is read well. */
  #fit() {
    this.#cy?.fit(undefined, 20);
    if (this.#cy?.zoom() > LARGEST_FIT) {
      this.#cy.zoom(LARGEST_FIT);
      this.#cy.center();
    }
  }

  #zoom(factor) {
    this.#cy?.zoom({ level: this.#cy.zoom() * factor, renderedPosition: { x: this.#cy.width() / 2, y: this.#cy.height() / 2 } });
  }

  #elements() {
    const copies = new Map();
    const nodes = [];
    for (const service of this.services) {
      const clusters = service.clusters.length > 0 ? service.clusters : [''];
      copies.set(service.id, clusters.map((cluster) => `${service.id}@${cluster}`));
      clusters.forEach((cluster) => nodes.push({ id: `${service.id}@${cluster}`, cluster, service }));
    }
    const links = [];
    for (const [from, to] of this.links) {
      for (const a of copies.get(from) ?? []) {
        for (const b of copies.get(to) ?? []) {
          links.push([a, b]);
        }
      }
    }
    return { nodes, links };
  }

  async updated() {
    let cytoscape;
    try {
      cytoscape = await library();
    } catch {
      this.missing = true;
      return;
    }
    if (this.missing) {
      // drawn when there is room for it again
      this.missing = false;
      return;
    }
    const canvas = this.querySelector('.canvas');
    if (!this.isConnected || !canvas) {
      return;
    }
    const { nodes, links } = this.#elements();
    const shape = JSON.stringify([nodes.map((node) => node.id), links]);
    if (this.#cy && shape === this.#shape) {
      this.#cy.batch(() => nodes.forEach((node) => this.#cy.getElementById(node.id).data(this.#data(node))));
      return;
    }
    this.#shape = shape;
    const positions = place(nodes, links);
    const elements = [
      ...frames(nodes, positions),
      ...nodes.map((node) => ({ data: { id: node.id, ...this.#data(node) }, position: positions.get(node.id) })),
      ...links.map(([from, to], index) => ({ data: { id: `link:${index}`, source: from, target: to } })),
    ];
    this.#cy?.destroy();
    this.#cy = cytoscape({
      container: canvas,
      elements,
      style: this.#style(),
      layout: { name: 'preset', padding: 20 },
      minZoom: 0.03,
      maxZoom: 3,
      autoungrabify: true,
      boxSelectionEnabled: false,
      // Many services are drawn once and moved as a picture while somebody pans or zooms.
      textureOnViewport: nodes.length > MANY,
      hideEdgesOnViewport: nodes.length > MANY,
      pixelRatio: nodes.length > MANY ? 1 : 'auto',
    });
    this.#fit();
    this.#cy.on('tap', 'node[service]', (event) =>
      this.dispatchEvent(new CustomEvent('choose', { detail: { service: event.target.data('service') } })),
    );
    this.#scheme.addEventListener('change', this.#repaint);
    addEventListener('smo-theme', this.#repaint);
  }

  /** For tests: the library's own view of what is drawn. */
  get drawn() {
    return this.#cy;
  }

  #data({ service }) {
    return {
      service: service.id,
      label: `${service.id}\n${words(service.state)}${service.replicas === undefined ? '' : ` ×${service.replicas}`}`,
      tone: service.tone,
    };
  }

  #style() {
    const css = getComputedStyle(this);
    const colour = (name) => css.getPropertyValue(`--${name}`).trim();
    const tones = ['ok', 'warn', 'bad', 'busy', 'idle'];
    return [
      // Frames lie below the links, which lie below the services.
      { selector: '*', style: { 'z-index-compare': 'manual', 'z-index': 2 } },
      {
        selector: 'node',
        style: {
          label: 'data(label)', 'text-wrap': 'wrap', 'text-max-width': 130, 'font-size': 11, color: colour('text'), 'text-valign': 'center',
          'text-halign': 'center', shape: 'round-rectangle', width: NODE_WIDTH, height: NODE_HEIGHT, 'background-color': colour('surface'), 'border-width': 2,
          'border-color': colour('idle'), 'min-zoomed-font-size': 6,
        },
      },
      ...tones.map((tone) => ({
        selector: `node[tone = "${tone}"]`,
        style: { 'border-color': colour(tone), 'background-color': colour(`${tone}-soft`) },
      })),
      {
        selector: 'node.cluster',
        style: {
          width: 'data(width)', height: 'data(height)', events: 'no', 'z-index': 0, 'text-max-width': 400,
          'background-color': colour('bg'), 'border-color': colour('line-strong'), 'border-width': 1, 'border-style': 'dashed', label: 'data(label)',
          'text-valign': 'top', 'text-halign': 'center', 'font-size': 13, 'font-weight': 'bold', color: colour('muted'), 'text-margin-y': -4,
        },
      },
      {
        selector: 'edge',
        style: { 'z-index': 1, width: 1.5, 'line-color': colour('line-strong'), 'target-arrow-color': colour('line-strong'), 'target-arrow-shape': 'triangle', 'curve-style': this.services.length > MANY ? 'haystack' : 'bezier' },
      },
    ];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#repaint);
    removeEventListener('smo-theme', this.#repaint);
    this.#cy?.destroy();
    this.#cy = undefined;
    this.#shape = '';
  }
}

/** Frames of the clusters around their services. They are nodes of their own: compound nodes are measured again whenever anything moves. */
function frames(nodes, positions) {
  const boxes = new Map();
  for (const { id, cluster } of nodes) {
    const { x, y } = positions.get(id);
    const box = boxes.get(cluster) ?? { left: x, right: x, top: y, bottom: y };
    boxes.set(cluster, { left: Math.min(box.left, x), right: Math.max(box.right, x), top: Math.min(box.top, y), bottom: Math.max(box.bottom, y) });
  }
  return [...boxes].map(([cluster, box]) => ({
    data: { id: `cluster:${cluster}`, label: cluster || 'not placed', width: box.right - box.left + NODE_WIDTH + 2 * MARGIN, height: box.bottom - box.top + NODE_HEIGHT + 2 * MARGIN },
    position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 },
    classes: 'cluster',
    selectable: false,
  }));
}

customElements.define('smo-drawing', Drawing);
