// Snippets for the programs that show processes; a process has to be there when it is looked for.

const OFF = '>/dev/null 2>&1 &';
const TREE =
  `sleep 60 ${OFF} sleep 60 ${OFF} bash -c "sleep 60; :" ${OFF} ` +
  `sh -c "sleep 60 & sleep 50; :" ${OFF} sh -c "sleep 60 & sleep 50; :" ${OFF} ` +
  'until [ "$(pstree -c $$ | grep -c sleep)" = 7 ]; do sleep 0.1; done; ';

export const processToolCases: readonly string[] = [
  `${TREE}pstree $$; pstree -c $$; pstree -n $$; pstree -U $$; pstree -A -H $$ $$; TERM=xterm pstree -A -H $$ $$; kill $(jobs -p)`,
  `${TREE}pstree -p $$ > t; sed "s/[0-9][0-9]*/N/g" t | tr -s " "; kill $(jobs -p)`,
  `${TREE}pstree -pa $$ > t; tail -n +2 t | sed "s/,[0-9]*/,N/; s/ [0-9][0-9]*$/ N/"; kill $(jobs -p)`,
  'pstree -s 99999; pstree 99999; pstree nouser; pstree 1 2 2>/dev/null; pstree -Q 2>&1 | head -1',
];
