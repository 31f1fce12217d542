// Keys that lead to something else at cowsh's prompt, and why.

const directories = 'after cd only directories are offered, as bash-completion has it';
const operands =
  'operands of builtins and commands behind reserved words are known, as bash-completion has it';

export const wantedDifferences: Readonly<Record<string, string>> = {
  "'cd sub/' Tab": directories,
  "'cd n' Tab": directories,
  "'if xyl' Tab": operands,
  "'unset HISTFI' Tab": operands,
  "'type xyl' Tab": operands,
  "'echo \"a' Enter C-d": 'bash 5.2 shows PS2 once more after its complaint',
  "Tab Tab 'n'": 'bash takes the builtin `.` for a directory',
  "'[[ a == a &&' Enter 'b == b ]]' Enter Up": 'bash keeps `&&;`, which it could not read again',
};
