// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, query } from '../net/api.js';
import { logIn, logInByToken, refresh } from '../net/session.js';
import { Element, problemView } from '../ui/element.js';
import { BASE } from '../ui/router.js';

/** Logs in by password, by a provider of identities, or by a token. */
class Login extends Element {
  static properties = { place: { attribute: false }, ended: { attribute: false }, problem: { state: true }, busy: { state: true }, providers: { state: true } };

  constructor() {
    super();
    this.providers = [];
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.providers = (await get('/api/v1/session-providers')).items;
    } catch {
      this.providers = [];
    }
  }

  async #try(event, action) {
    event.preventDefault();
    this.busy = true;
    this.problem = undefined;
    try {
      await action(event.target instanceof HTMLFormElement ? new FormData(event.target) : undefined);
      this.dispatchEvent(new CustomEvent('ready'));
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  render() {
    const next = this.place.parameters.get('next') ?? `${BASE}/`;
    return html`<div class="login card"><h1>Log in</h1><p></p>
      ${this.ended ? html`<p class="note warn" role="status">The session has ended. Log in to go on where you were.</p>` : nothing}
      ${this.problem ? problemView(this.problem) : nothing}
      <form @submit=${(event) => this.#try(event, (form) => logIn(form.get('user'), form.get('password')))}>
        <label class="field"><span>User</span><input name="user" autocomplete="username" required autofocus></label>
        <label class="field"><span>Password</span><input name="password" type="password" autocomplete="current-password" required></label>
        <button class="primary" ?disabled=${this.busy}>Log in</button>
      </form>
      ${this.providers.length
        ? html`<h2>Or by</h2><div class="row">${this.providers.map((provider) => html`<a class="button" href=${query('/auth/login', { provider: provider.id ?? provider.name, next })}>${provider.title ?? provider.name ?? provider.id}</a>`)}</div>`
        : nothing}
      <p></p><details><summary>With an API key or a token</summary>
        <form @submit=${(event) => this.#try(event, (form) => logInByToken(form.get('token')))}>
          <label class="field"><span>Key or token, kept by this tab until it is closed</span><input name="token" type="password" autocomplete="off" required></label>
          <button ?disabled=${this.busy}>Use it</button>
        </form></details>
      <p></p><button class="plain" @click=${(event) => this.#try(event, () => refresh())}>Go on without</button></div>`;
  }
}

customElements.define('smo-login', Login);
