// The variables of readline (`bind -v`) and what they are at the start, as bash has them.

const switches: Readonly<Record<string, boolean>> = {
  'bind-tty-special-chars': true,
  'blink-matching-paren': false,
  'byte-oriented': false,
  'colored-completion-prefix': false,
  'colored-stats': false,
  'completion-ignore-case': false,
  'completion-map-case': false,
  'convert-meta': false,
  'disable-completion': false,
  'echo-control-characters': true,
  'enable-active-region': true,
  'enable-bracketed-paste': true,
  'enable-keypad': false,
  'enable-meta-key': true,
  'expand-tilde': false,
  'history-preserve-point': false,
  'horizontal-scroll-mode': false,
  'input-meta': true,
  'mark-directories': true,
  'mark-modified-lines': false,
  'mark-symlinked-directories': false,
  'match-hidden-files': true,
  'menu-complete-display-prefix': false,
  'meta-flag': true,
  'output-meta': true,
  'page-completions': true,
  'prefer-visible-bell': true,
  'print-completions-horizontally': false,
  'revert-all-at-newline': false,
  'show-all-if-ambiguous': false,
  'show-all-if-unmodified': false,
  'show-mode-in-prompt': false,
  'skip-completed-text': false,
  'visible-stats': false,
};

const texts: Readonly<Record<string, string>> = {
  'bell-style': 'audible',
  'comment-begin': '#',
  'completion-display-width': '-1',
  'completion-prefix-display-length': '0',
  'completion-query-items': '100',
  'editing-mode': 'emacs',
  'emacs-mode-string': '@',
  'history-size': '0',
  keymap: 'emacs',
  'keyseq-timeout': '500',
  'vi-cmd-mode-string': '(cmd)',
  'vi-ins-mode-string': '(ins)',
};

export const isSwitch = (name: string): boolean => Object.hasOwn(switches, name);
export const isVariable = (name: string): boolean => isSwitch(name) || Object.hasOwn(texts, name);

/** A terminal that knows nothing gets no marks around pastes. */
const OF_TERMINALS: ReadonlySet<string> = new Set(['enable-active-region', 'enable-bracketed-paste']);

/** All of them, switches first. */
export const initialVariables = (term: string): Map<string, string> =>
  new Map([
    ...Object.entries(switches).map(([name, on]): [string, string] => [
      name,
      on && !(OF_TERMINALS.has(name) && /^(dumb)?$/.test(term)) ? 'on' : 'off',
    ]),
    ...Object.entries(texts),
  ]);
