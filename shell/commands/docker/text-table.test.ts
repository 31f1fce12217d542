import test from 'ava';
import { textTable } from './text-table.ts';

test('an empty list is only the header, each column ten wide or three wider than its name', (t) => {
  t.is(
    textTable([['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'SIZE']]),
    'REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n',
  );
});

test('columns grow with their longest cell and the last cell is not padded', (t) => {
  const table = textTable([
    ['IMAGE', 'CREATED', 'COMMENT'],
    ['3392ed40b19e', '22 seconds ago', ''],
  ]);
  t.is(table, 'IMAGE          CREATED          COMMENT\n3392ed40b19e   22 seconds ago   \n');
});

test('an ellipsis counts as one column', (t) => {
  t.is(textTable([['abcdefgh…', 'x']]), 'abcdefgh…   x\n');
});
