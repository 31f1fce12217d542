// Snippets whose answer is known to differ, each with its reason. The oracle test fails when one of them agrees.

type Reasons = Partial<Record<'bash' | 'dash' | 'ash', string>>;

const recovers = 'the parser reads on to the end of file before it misses `do`';

export const knownDifferences: Readonly<Record<string, Reasons>> = {
  'for x in a b; echo': { bash: recovers, dash: recovers },
  'echo a | cat >&-; echo ${PIPESTATUS[0]}': { bash: "the words are cat's own" },
  'echo "echo from file; exit 3" > s.sh; bash s.sh; echo $?; bash nosuch.sh; echo $?; bash .; echo $?': {
    bash: 'bash names a directory twice and itself not at all',
  },
  'bash --nosuch; echo $? 2>/dev/null': { bash: 'bash adds its whole usage text' },
};
