// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { change, path, query } from '../net/api.js';
import { may } from '../net/session.js';
import { ask, show, toast } from '../ui/dialog.js';
import { Answer, Element } from '../ui/element.js';
import { navigate, setParameters, to } from '../ui/router.js';
import { breadcrumbs, choiceFilter, command, copyButton, facts, pager, shellWord, subjectLink, tag, time } from '../ui/views.js';

/** Who is told of events over HTTP, what was delivered, and what was not. */
class Webhooks extends Element {
  static properties = { place: { attribute: false } };

  #list = new Answer(this, () => (this.#id ? '' : query('/api/v1/webhooks', { cursor: this.place.parameters.get('cursor') })), { everySeconds: 15 });
  #webhook = new Answer(this, () => (this.#id ? path('api', 'v1', 'webhooks', this.#id) : ''), { everySeconds: 5, keep: false });
  #deliveries = new Answer(this, () => (this.#id ? query(path('api', 'v1', 'webhooks', this.#id, 'deliveries'), { state: this.place.parameters.get('state'), cursor: this.place.parameters.get('cursor'), limit: 50 }) : ''), { everySeconds: 5, keep: false });

  get #id() {
    return this.place.segments[1];
  }

  render() {
    return this.#id ? html`${breadcrumbs(html`<a href=${to('webhooks')}>Webhooks</a>`)}${this.#webhook.show((webhook) => this.#one(webhook))}` : this.#all();
  }

  #all() {
    return html`<div class="head"><h1>Webhooks</h1><span class="grow"></span>${may('CREATE', 'webhook') ? html`<button class="primary" @click=${() => this.#register()}>Register a webhook</button>` : nothing}</div>
      ${this.#list.show((data) => html`<div class="table-box"><table><caption class="visually-hidden">Webhooks</caption><thead><tr><th scope="col">Address</th><th scope="col">State</th><th scope="col">Types</th><th scope="col">Projects</th><th scope="col">By</th></tr></thead>
        <tbody>${data.items.map((webhook) => html`<tr><td class="wrap"><a href=${to('webhooks', webhook.id)}>${webhook.url}</a></td><td>${tag(webhook.paused ? 'paused' : 'active')}</td><td>${webhook.types.join(', ') || 'all'}</td><td>${webhook.projects.join(', ') || 'all'}</td><td>${webhook.registeredBy ?? '–'}</td></tr>`)}</tbody></table></div>${pager(data)}`, { empty: 'Nobody is told of events.' })}
      ${command('smo webhook list')}`;
  }

  #one(webhook) {
    const operate = may('OPERATE', 'webhook');
    const state = this.place.parameters.get('state');
    return html`<div class="head"><h1 class="wrap">${webhook.url}</h1>${tag(webhook.paused ? 'paused' : 'active')}<span class="grow"></span><div class="row" role="group" aria-label="Actions">
        ${operate ? html`<button @click=${() => this.#pause(webhook)}>${webhook.paused ? 'Resume' : 'Pause'}</button><button @click=${() => this.#replay(webhook)}>Replay dead letters</button>` : nothing}
        ${may('DELETE', 'webhook') ? html`<button class="danger" @click=${() => this.#remove(webhook)}>Remove</button>` : nothing}</div></div>
      <div class="stack"><section class="card" aria-label="Webhook">${facts([['Types', webhook.types.join(', ') || 'all'], ['Projects', webhook.projects.join(', ') || 'all'], ['Registered', html`${time(webhook.createdAt)} by ${webhook.registeredBy ?? '–'}`], ...Object.entries(webhook.backlog ?? {}).filter(([, value]) => typeof value !== 'object')])}</section>
      <div class="filters">${choiceFilter('state', 'Deliveries', ['waiting', 'delivered', 'dead'], this.place.parameters)}</div>
      ${this.#deliveries.show((data) => html`<div class="table-box"><table><caption class="visually-hidden">Deliveries</caption><thead><tr><th scope="col">Event</th><th scope="col">About</th><th scope="col">State</th><th scope="col" class="num">Attempts</th><th scope="col">Last answer</th><th scope="col">Next</th><th scope="col"><span class="visually-hidden">More</span></th></tr></thead>
        <tbody>${data.items.map((delivery) => html`<tr><td>${delivery.event.type}</td><td>${subjectLink(delivery.event.subject)}</td><td>${tag(delivery.state)}</td><td class="num">${delivery.attempts}</td><td class="wrap">${delivery.lastStatus ?? nothing} ${delivery.lastError ?? nothing}</td><td>${time(delivery.nextAttemptAt ?? delivery.finishedAt)}</td>
          <td><button class="plain" @click=${() => show({ title: delivery.event.type, body: html`<pre tabindex="0">${JSON.stringify(delivery.event, null, 2)}</pre>` })}>Event</button>${operate && String(delivery.state).toLowerCase() === 'dead' ? html`<button class="plain" @click=${() => this.#replay(webhook, delivery.sequence)}>Replay</button>` : nothing}</td></tr>`)}</tbody></table></div>${pager(data)}`, { empty: 'No delivery is like that.' })}
      ${command(`smo webhook deliveries ${shellWord(webhook.id)}${state ? ` --state ${shellWord(state)}` : ''}`)}</div>`;
  }

  #register() {
    const form = { url: 'https://', types: '', projects: '', secret: '' };
    const list = (text) => text.split(',').map((each) => each.trim()).filter(Boolean);
    const field = (name, label, redraw, type = 'text') => html`<label class="field"><span>${label}</span><input type=${type} .value=${form[name]} @input=${(event) => { form[name] = event.target.value; redraw(); }}></label>`;
    return ask({
      title: 'Register a webhook',
      body: (redraw) => html`${field('url', 'Address', redraw, 'url')}${field('types', 'Types, separated by commas (empty: all)', redraw)}${field('projects', 'Projects (empty: all)', redraw)}${field('secret', 'Secret, or a reference to one (empty: one is made and shown once)', redraw)}`,
      confirm: 'Register',
      shell: () => `smo webhook add ${shellWord(form.url)}${form.types ? ` --types ${shellWord(list(form.types).join(','))}` : ''}${form.projects ? ` --projects ${shellWord(list(form.projects).join(','))}` : ''}${form.secret ? ` --secret-reference ${shellWord(isReference(form.secret) ? form.secret : 'REFERENCE')}` : ''}`,
      action: async (key) => {
        const answer = await change('POST', '/api/v1/webhooks', { url: form.url, ...(form.types ? { types: list(form.types) } : {}), ...(form.projects ? { projects: list(form.projects) } : {}), ...(form.secret ? { secret: form.secret } : {}) }, { key });
        if (answer.body.secret) {
          show({ title: 'The secret of the webhook', body: html`<p>It is shown only now. The receiver needs it to verify signatures.</p><pre tabindex="0">${answer.body.secret}</pre>${copyButton('Copy the secret')}` });
        }
        this.#list.reload();
        return answer;
      },
    });
  }

  #pause(webhook) {
    return ask({
      title: `${webhook.paused ? 'Resume' : 'Pause'} the webhook?`, body: html`<p>${webhook.paused ? 'What waits is delivered now.' : 'Events wait until it is resumed.'}</p>`, confirm: webhook.paused ? 'Resume' : 'Pause', shell: `smo webhook ${webhook.paused ? 'resume' : 'pause'} ${shellWord(webhook.id)}`,
      action: async (key) => {
        const answer = await change('PUT', path('api', 'v1', 'webhooks', webhook.id, 'paused'), { paused: !webhook.paused }, { key });
        this.#webhook.reload();
        return answer;
      },
    });
  }

  #replay(webhook, sequence) {
    return ask({
      title: sequence ? 'Replay this event?' : 'Replay all dead letters?', confirm: 'Replay', shell: `smo webhook replay ${shellWord(webhook.id)}${sequence ? ` ${shellWord(sequence)}` : ''}`,
      action: async (key) => {
        const answer = await change('POST', path('api', 'v1', 'webhooks', webhook.id, 'deliveries', 'replay'), sequence ? { sequences: [sequence] } : {}, { key });
        toast(`${answer.body.replayed ?? ''} events are delivered again`);
        setParameters({ state: '' });
        this.#deliveries.reload();
        return answer;
      },
    });
  }

  #remove(webhook) {
    return ask({
      title: 'Remove the webhook?', body: html`<p>${webhook.url} is not told of anything any more.</p>`, confirm: 'Remove', danger: true, shell: `smo webhook remove ${shellWord(webhook.id)}`,
      action: async (key) => {
        await change('DELETE', path('api', 'v1', 'webhooks', webhook.id), undefined, { key });
        navigate(to('webhooks'));
        return true;
      },
    });
  }
}

/** A secret itself is no part of a command: others on the machine see commands. */
const isReference = (secret) => /^(env|file):/.test(secret);

customElements.define('smo-webhooks', Webhooks);
