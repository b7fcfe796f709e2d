// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { Answer, Element } from '../ui/element.js';
import { bytes, duration, number, percent } from '../ui/format.js';
import { command, facts, since, tag } from '../ui/views.js';

/** The server itself and every system outside: whether it answers, how fast, and the state of its circuit. */
class Systems extends Element {
  static properties = { place: { attribute: false } };

  #health = new Answer(this, () => '/health', { everySeconds: 5 });
  #runtime = new Answer(this, () => '/api/v1/runtime', { everySeconds: 3 });
  #version = new Answer(this, () => '/api/v1/version');

  render() {
    return html`<div class="head"><h1>Systems</h1>${this.#health.data ? tag(this.#health.data.status) : nothing}</div><div class="stack">
      <section class="card" aria-labelledby="y-out"><h2 id="y-out">Outside systems</h2>${this.#runtime.show((data) => html`<div class="table-box"><table><thead><tr><th scope="col">System</th><th scope="col">Circuit</th><th scope="col" class="num">Calls/s</th><th scope="col" class="num">Mean</th><th scope="col" class="num">Failures/s</th><th scope="col" class="num">In flight</th><th scope="col">Last answer</th><th scope="col">Last failure</th></tr></thead>
        <tbody>${data.outsideSystems.map((system) => html`<tr><td>${system.system}</td><td>${system.circuit ? html`${tag(system.circuit, { closed: 'ok', open: 'bad' }[system.circuit] ?? 'warn')} <span class="muted">${since(system.since)}</span>` : '–'}</td><td class="num">${number(system.callsPerSecond)}</td><td class="num">${system.meanMillis === null ? '–' : duration(system.meanMillis)}</td><td class="num">${number(system.failuresPerSecond)}</td><td class="num">${system.inFlight}</td><td>${since(system.lastSuccess)}</td><td class="wrap">${system.lastFailure ?? '–'}</td></tr>`)}</tbody></table></div>`)}</section>
      <section class="card" aria-labelledby="y-health"><h2 id="y-health">Health</h2>${this.#health.show((data) => html`<div class="table-box"><table><thead><tr><th scope="col">Check</th><th scope="col">State</th><th scope="col">Message</th></tr></thead><tbody>${Object.entries(data.checks).map(([name, check]) => html`<tr><td>${name}</td><td>${tag(check.ok ? 'ok' : 'not ok', check.ok ? 'ok' : 'bad')}</td><td class="wrap">${check.message}</td></tr>`)}</tbody></table></div>`)}</section>
      <section class="card" aria-labelledby="y-server"><h2 id="y-server">This server</h2>${this.#runtime.show((data) => facts([
        ['Version', this.#version.data?.version ?? '–'], ['Role', this.#health.data?.role ?? '–'], ['Up for', duration(data.uptimeSeconds * 1000)], ['Processor', `${percent(data.process.processorShare, 1)} % of ${data.process.processors}`],
        ['Heap', `${bytes(data.process.heapUsedBytes)} of ${bytes(data.process.heapMaxBytes)}`], ['Threads', number(data.process.threads)], ['Passes', `${number(data.work.passesPerSecond)}/s, ${duration(data.work.meanPassMillis)} each`],
        ['Requests', `${number(data.requests.perSecond)}/s, ${duration(data.requests.meanMillis)} each, ${number(data.requests.errorsPerSecond)} errors/s`], ['Streams', `${data.events.streams} of ${data.events.mostStreams}`], ['Statements', `${number(data.store.statementsPerSecond)}/s`]]))}</section>
      ${command('smo top')}</div>`;
  }
}

customElements.define('smo-systems', Systems);
