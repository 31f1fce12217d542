import test from 'ava';
import { BINDINGS } from './bindings.ts';
import { bindingsFor, messageFor } from './keys.ts';

test('in the shell no key that types anything is taken', (t) => {
  const printing = [...'abcxyzABC0129 /?:+-'].map((key) => (key === ' ' ? 'space' : key));
  const editing = [
    'enter',
    'tab',
    'backspace',
    'up',
    'down',
    'left',
    'right',
    'home',
    'end',
    'esc',
    'pageup',
    'pagedown',
    'delete',
  ];
  const control = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `ctrl-${letter}`);
  for (const key of [...printing, ...editing, ...control])
    t.is(messageFor(key, 'shell', 'shell', true), undefined, key);
});

test('no key has two meanings at one place', (t) => {
  for (const mode of ['shell', 'navigate'] as const)
    for (const playing of [true, false]) {
      const general = bindingsFor(mode, 'layers', playing).flatMap(({ keys }) => keys);
      t.deepEqual(general, [...new Set(general)]);
    }
});

test('the panes have the keys of their own first', (t) => {
  t.deepEqual(messageFor('enter', 'navigate', 'scenario', true), { kind: 'scenario-next' });
  t.deepEqual(messageFor('enter', 'navigate', 'layers', true), { kind: 'focus', pane: 'shell' });
});

test('numbers go to panes: with Alt everywhere, alone outside the shell', (t) => {
  t.deepEqual(messageFor('alt-3', 'shell', 'shell', false), { kind: 'focus-number', number: 3 });
  t.deepEqual(messageFor('3', 'navigate', 'layers', false), { kind: 'focus-number', number: 3 });
  t.is(messageFor('3', 'shell', 'shell', false), undefined);
});

test('every binding has words for the help', (t) => {
  for (const { help, shown } of BINDINGS) t.true(help.length > 1 && shown.length > 0);
});
