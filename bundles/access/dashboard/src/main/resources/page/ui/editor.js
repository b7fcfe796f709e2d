// SPDX-License-Identifier: Apache-2.0
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { HighlightStyle, StreamLanguage, bracketMatching, foldGutter, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers, showPanel } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { suggestions } from './schema.js';

const LARGE = 400_000;
const WAY_OUT = 'Tab indents. To leave the editor by keys: Escape, then Tab at once.';

function hint() {
  const dom = document.createElement('div');
  dom.className = 'hint';
  dom.setAttribute('aria-hidden', 'true');
  dom.textContent = WAY_OUT;
  return { dom };
}

/**
 * Text of a descriptor (CodeMirror): YAML or JSON, completion by the schema, errors at their line. It lives in a shadow, where its styles are
 * constructed sheets: the policy of the page allows no style elements. Dispatches `edited`.
 */
export class Editor extends HTMLElement {
  #view;
  #text = '';

  /** JSON Schema of the descriptor, for completion. */
  schema;

  get text() {
    return this.#view ? this.#view.state.doc.toString() : this.#text;
  }

  set text(value) {
    this.#text = value;
    if (this.#view && value !== this.text) {
      this.#view.setState(this.#state(value));
    }
  }

  /** @param errors list of `{line, column, message, pointer}`, both from 1 */
  set errors(errors) {
    if (!this.#view) {
      return;
    }
    const { doc } = this.#view.state;
    const diagnostics = errors
      .filter((error) => error.line)
      .map((error) => {
        const line = doc.line(Math.min(error.line, doc.lines));
        const from = Math.min(line.from + Math.max(0, (error.column ?? 1) - 1), line.to);
        return { from, to: Math.max(from, line.to), severity: 'error', message: `${error.pointer ? `${error.pointer}: ` : ''}${error.message}` };
      })
      .sort((a, b) => a.from - b.from);
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Puts the cursor into a line. */
  goTo(line) {
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(Math.max(1, line), doc.lines));
    this.#view.dispatch({ selection: { anchor: at.from }, scrollIntoView: true });
    this.#view.focus();
  }

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#view = new EditorView({ state: this.#state(this.#text), root, parent: root });
  }

  disconnectedCallback() {
    this.#text = this.text;
    this.#view?.destroy();
    this.#view = undefined;
  }

  #state(text) {
    const large = text.length > LARGE;
    const highlight = HighlightStyle.define([
      { tag: [tags.propertyName, tags.atom, tags.definition(tags.propertyName)], color: 'var(--accent)' },
      { tag: [tags.string, tags.literal], color: 'var(--ok)' },
      { tag: tags.comment, color: 'var(--muted)' },
      { tag: [tags.number, tags.bool, tags.keyword, tags.meta], color: 'var(--warn)' },
    ]);
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), foldGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(),
        indentUnit.of('  '),
        large ? [] : [StreamLanguage.define(yaml), syntaxHighlighting(highlight)],
        autocompletion({ override: [(context) => this.#complete(context)], activateOnTyping: !large }),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': 'Descriptor', 'aria-description': WAY_OUT }),
        showPanel.of(hint),
        EditorView.theme({
          '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '13px' },
          '.cm-scroller': { fontFamily: 'var(--mono)', overflow: 'auto' },
          '.cm-gutters': { backgroundColor: 'var(--bg)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
          '.cm-content': { caretColor: 'var(--text)' },
          '.cm-cursor': { borderLeftColor: 'var(--text)' },
          '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent-soft) 40%, transparent)' },
          '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft) !important' },
          '.cm-panels.cm-panels-bottom': { backgroundColor: 'var(--bg)', color: 'var(--muted)', borderTop: '1px solid var(--line)' },
          '.hint': { padding: '2px 8px' },
          '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line-strong)' },
          '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--accent-text)' },
        }),
        EditorView.updateListener.of((update) => update.docChanged && this.dispatchEvent(new CustomEvent('edited'))),
      ],
    });
  }

  #complete(context) {
    const line = context.state.doc.lineAt(context.pos);
    const typed = context.matchBefore(/[\w.$-]*/);
    if (!this.schema || (!context.explicit && typed.from === typed.to)) {
      return null;
    }
    const above = context.state.doc.sliceString(Math.max(0, line.from - 60_000), line.from).split('\n').slice(0, -1);
    const options = suggestions(this.schema, above, line.text.slice(0, context.pos - line.from));
    return options.length ? { from: typed.from, options, validFor: /^[\w.$-]*$/ } : null;
  }
}

customElements.define('smo-editor', Editor);
