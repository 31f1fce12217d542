// The functions of readline that bash can bind, with the key sequences of emacs mode (readline(3), `bind -p`).

const bound: Readonly<Record<string, string>> = {
  abort: String.raw`\C-g \C-x\C-g \e\C-g`,
  'accept-line': String.raw`\C-j \C-m`,
  'backward-char': String.raw`\C-b \eOD \e[D`,
  'backward-delete-char': String.raw`\C-h \C-?`,
  'backward-kill-line': String.raw`\C-x\C-?`,
  'backward-kill-word': String.raw`\e\C-h \e\C-?`,
  'backward-word': String.raw`\e\e[D \e[1;3D \e[1;5D \e[5D \eb`,
  'beginning-of-history': String.raw`\e<`,
  'beginning-of-line': String.raw`\C-a \eOH \e[1~ \e[H`,
  'bracketed-paste-begin': String.raw`\e[200~`,
  'call-last-kbd-macro': String.raw`\C-xe`,
  'capitalize-word': String.raw`\ec`,
  'character-search': String.raw`\C-]`,
  'character-search-backward': String.raw`\e\C-]`,
  'clear-display': String.raw`\e\C-l`,
  'clear-screen': String.raw`\C-l`,
  complete: String.raw`\C-i \e\e\000`,
  'complete-command': String.raw`\e!`,
  'complete-filename': String.raw`\e/`,
  'complete-hostname': String.raw`\e@`,
  'complete-into-braces': String.raw`\e{`,
  'complete-username': String.raw`\e~`,
  'complete-variable': String.raw`\e$`,
  'delete-char': String.raw`\C-d \e[3~`,
  'delete-horizontal-space': String.raw`\e\\`,
  'digit-argument': String.raw`\e- \e0 \e1 \e2 \e3 \e4 \e5 \e6 \e7 \e8 \e9`,
  'display-shell-version': String.raw`\C-x\C-v`,
  'downcase-word': String.raw`\el`,
  'dynamic-complete-history': String.raw`\e\C-i`,
  'edit-and-execute-command': String.raw`\C-x\C-e`,
  'end-kbd-macro': String.raw`\C-x)`,
  'end-of-history': String.raw`\e>`,
  'end-of-line': String.raw`\C-e \eOF \e[4~ \e[F`,
  'exchange-point-and-mark': String.raw`\C-x\C-x`,
  'forward-char': String.raw`\C-f \eOC \e[C`,
  'forward-search-history': String.raw`\C-s`,
  'forward-word': String.raw`\e\e[C \e[1;3C \e[1;5C \e[5C \ef`,
  'glob-complete-word': String.raw`\eg`,
  'glob-expand-word': String.raw`\C-x*`,
  'glob-list-expansions': String.raw`\C-xg`,
  'history-expand-line': String.raw`\e^`,
  'history-search-backward': String.raw`\e[5~`,
  'history-search-forward': String.raw`\e[6~`,
  'insert-comment': String.raw`\e#`,
  'insert-completions': String.raw`\e*`,
  'insert-last-argument': String.raw`\e. \e_`,
  'kill-line': String.raw`\C-k`,
  'kill-word': String.raw`\e[3;5~ \ed`,
  'next-history': String.raw`\C-n \eOB \e[B`,
  'non-incremental-forward-search-history': String.raw`\en`,
  'non-incremental-reverse-search-history': String.raw`\ep`,
  'operate-and-get-next': String.raw`\C-o`,
  'possible-command-completions': String.raw`\C-x!`,
  'possible-completions': String.raw`\e= \e?`,
  'possible-filename-completions': String.raw`\C-x/`,
  'possible-hostname-completions': String.raw`\C-x@`,
  'possible-username-completions': String.raw`\C-x~`,
  'possible-variable-completions': String.raw`\C-x$`,
  'previous-history': String.raw`\C-p \eOA \e[A`,
  'quoted-insert': String.raw`\C-q \C-v \e[2~`,
  're-read-init-file': String.raw`\C-x\C-r`,
  'reverse-search-history': String.raw`\C-r`,
  'revert-line': String.raw`\e\C-r \er`,
  'set-mark': String.raw`\C-@ \e\040`,
  'shell-backward-word': String.raw`\e\C-b`,
  'shell-expand-line': String.raw`\e\C-e`,
  'shell-forward-word': String.raw`\e\C-f`,
  'shell-kill-word': String.raw`\e\C-d`,
  'shell-transpose-words': String.raw`\e\C-t`,
  'spell-correct-word': String.raw`\C-xs`,
  'start-kbd-macro': String.raw`\C-x(`,
  'tilde-expand': String.raw`\e&`,
  'transpose-chars': String.raw`\C-t`,
  'transpose-words': String.raw`\et`,
  undo: String.raw`\C-x\C-u \C-_`,
  'unix-line-discard': String.raw`\C-u`,
  'unix-word-rubout': String.raw`\C-w`,
  'upcase-word': String.raw`\eu`,
  yank: String.raw`\C-y`,
  'yank-last-arg': String.raw`\e. \e_`,
  'yank-nth-arg': String.raw`\e\C-y`,
  'yank-pop': String.raw`\ey`,
};

/** Without a key of their own in emacs mode. */
const unbound = `
alias-expand-line arrow-key-prefix backward-byte copy-backward-word copy-forward-word copy-region-as-kill
dabbrev-expand delete-char-or-list dump-functions dump-macros dump-variables emacs-editing-mode
fetch-history forward-backward-delete-char forward-byte history-and-alias-expand-line
history-substring-search-backward history-substring-search-forward kill-region kill-whole-line magic-space
menu-complete menu-complete-backward next-screen-line non-incremental-forward-search-history-again
non-incremental-reverse-search-history-again old-menu-complete overwrite-mode previous-screen-line
print-last-kbd-macro redraw-current-line shell-backward-kill-word skip-csi-sequence tab-insert tty-status
universal-argument unix-filename-rubout do-lowercase-version
vi-append-eol vi-append-mode vi-arg-digit vi-bWord vi-back-to-indent vi-backward-bigword vi-backward-word
vi-bword vi-change-case vi-change-char vi-change-to vi-char-search vi-column vi-complete vi-delete
vi-delete-to vi-eWord vi-edit-and-execute-command vi-editing-mode vi-end-bigword vi-end-word vi-eof-maybe
vi-eword vi-fWord vi-fetch-history vi-first-print vi-forward-bigword vi-forward-word vi-fword vi-goto-mark
vi-insert-beg vi-insertion-mode vi-match vi-movement-mode vi-next-word vi-overstrike vi-overstrike-delete
vi-prev-word vi-put vi-redo vi-replace vi-rubout vi-search vi-search-again vi-set-mark vi-subst
vi-tilde-expand vi-undo vi-unix-word-rubout vi-yank-arg vi-yank-pop vi-yank-to
`;

const sequences = (text: string): string[] => text.split(' ').map((one) => one.replace('\\040', ' '));

/** Sequences by function, as they are written in an inputrc; in the order of `bind -l`. */
export const functions: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ...Object.entries(bound).map(([name, text]): [string, string[]] => [name, sequences(text)]),
    ...unbound
      .trim()
      .split(/\s+/)
      .map((name): [string, string[]] => [name, []]),
    ['self-insert', []] as [string, string[]],
  ].sort(([a], [b]) => (a < b ? -1 : 1)),
);
