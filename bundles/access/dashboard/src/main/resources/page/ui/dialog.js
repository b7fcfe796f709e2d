// SPDX-License-Identifier: Apache-2.0
/** Questions before a change, and what became of it. */
import { html, nothing, render } from 'lit';
import { Problem, get, newKey } from '../net/api.js';
import { problemView } from './element.js';
import { command } from './views.js';

/**
 * Asks, does, and shows a refusal in the same dialog, with everything that was typed still there.
 * @param title of the dialog
 * @param body template or function of the form's state
 * @param typed a word that has to be typed first, for what cannot be taken back
 * @param shell the command that does the same
 * @param action async function of `(key, form)`; its result is that of the promise
 * @returns promise of the result, undefined when it was cancelled
 */
export function ask({ title, body = nothing, confirm = 'OK', danger = false, typed = '', shell = '', action }) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    const key = newKey();
    let problem;
    let busy = false;
    let word = '';
    let result;
    const draw = () => {
      const heading = 'dialog-title';
      dialog.setAttribute('aria-labelledby', heading);
      render(
        html`<form method="dialog" @submit=${submit}>
          <h2 id=${heading}>${title}</h2>
          ${typeof body === 'function' ? body(draw) : body}
          ${typed
            ? html`<label class="field"><span>Type <strong>${typed}</strong> to confirm</span>
                <input name="typed" autocomplete="off" .value=${word} @input=${(event) => { word = event.target.value; draw(); }}></label>`
            : nothing}
          ${shellView(typeof shell === 'function' ? shell() : shell)}
          ${problem ? problemView(problem) : nothing}
          <div class="actions">
            <button type="button" ?disabled=${busy} @click=${() => dialog.close()}>Cancel</button>
            <button class=${danger ? 'danger' : 'primary'} ?disabled=${busy || (typed && word !== typed)}>${busy ? 'Working…' : confirm}</button>
          </div>
        </form>`,
        dialog,
      );
    };
    const submit = async (event) => {
      event.preventDefault();
      if (busy) {
        return;
      }
      busy = true;
      problem = undefined;
      draw();
      try {
        result = await action(key, new FormData(event.target));
        dialog.close();
      } catch (failure) {
        problem = failure instanceof Problem ? failure : new Problem(0, { detail: String(failure.message ?? failure) });
        busy = false;
        draw();
        if (!dialog.open) {
          // browsers close a dialog at a second Escape, whoever objects
          toast(html`${title} ${problem.message}`, 'bad');
        }
      }
    };
    // what is under way has an end that the person has to see
    dialog.addEventListener('cancel', (event) => busy && event.preventDefault());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    draw();
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows something until it is closed. */
export function show({ title, body }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  render(
    html`<h2 id="dialog-title">${title}</h2>${body}<div class="actions"><button @click=${() => dialog.close()}>Close</button></div>`,
    dialog,
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const shellView = (text) => (text ? html`<p class="muted">The same on the command line:</p>${command(text)}` : nothing);

function toasts() {
  let box = document.querySelector('.toasts');
  if (!box) {
    box = document.createElement('div');
    box.className = 'toasts';
    box.setAttribute('role', 'status');
    box.setAttribute('aria-live', 'polite');
    document.body.append(box);
  }
  return box;
}

/** A message for some seconds; `content` is a template or text. */
export function toast(content, kind = 'ok', seconds = 8) {
  const note = document.createElement('div');
  note.className = `note ${kind}`;
  render(html`${content}`, note);
  toasts().append(note);
  const remove = () => note.remove();
  setTimeout(remove, seconds * 1000);
  return { remove, update: (next, tone = kind) => { note.className = `note ${tone}`; render(html`${next}`, note); } };
}

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED', 'ROLLED_BACK']);
const FOLLOWED_MILLIS = 10 * 60 * 1000;

/** Follows an operation that the server accepted, beside what the person does next. */
export async function followOperation(operation, what) {
  if (!operation?.id || !operation.href) {
    return toast(html`${what}: done`);
  }
  const link = () => html`<a href="/dashboard/operations/${operation.id}">operation</a>`;
  const note = toast(html`${what}: accepted (${link()})`, 'busy', 600);
  const until = Date.now() + FOLLOWED_MILLIS;
  let now = operation;
  let told = '';
  while (!ENDED.has(now.state) && Date.now() < until) {
    await new Promise((resume) => setTimeout(resume, 700));
    try {
      now = await get(operation.href);
    } catch (failure) {
      if (!failure.passing) {
        break;
      }
    }
    // it is read aloud: only what is new
    if (told !== now.state) {
      told = now.state;
      note.update(html`${what}: ${String(now.state).toLowerCase()} (${link()})`, 'busy');
    }
  }
  note.remove();
  return toast(
    html`${what}: ${String(now.state).toLowerCase()}${now.error?.message || now.message ? html` — ${now.error?.message ?? now.message}` : nothing} (${link()})`,
    now.state === 'SUCCEEDED' ? 'ok' : 'bad',
    12,
  );
}
