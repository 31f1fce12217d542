// Commands of one line for random scripts, and the words and shapes that they are made of.
import fc from 'fast-check';

export type Text = fc.Arbitrary<string>;

export const pick = (...items: string[]): Text => fc.constantFrom(...items);
export const joined = (separator: string, item: Text, minLength: number, maxLength: number): Text =>
  fc.array(item, { minLength, maxLength }).map((items) => items.join(separator));

/** `text` with each `§` replaced by what the arbitraries give, in order. */
export const shaped = (text: string, ...parts: Text[]): Text =>
  fc.tuple(...parts).map((given) => {
    let at = 0;
    return text.replace(/§/g, () => given[at++] as string);
  });

const NAMES = ['x', 'y', 'z'];
export const name = pick(...NAMES);
export const file = pick('f', 'g', 'sub/h');
export const literal = pick('a', 'b', 'foo', 'bar', '1', '42', 'a.b', '-n', '/p/q', 'é', 'a*', 'X');
export const quoted = pick("'a b'", '"two  words"', '""', "'*'", '"q\'s"', 'a\\ b', '"\\$x"', "'a:b:c'");
export const number = pick('0', '1', '2', '3', '7', '-1', '10', '010', '0x1f');

/** Commands of one line that bash alone knows. */
export const commandsOfBash = (list: Text, word: Text): Text[] => [
  shaped('a=(§)', list),
  shaped('a+=(§)', list),
  shaped('a[§]=§', pick('0', '1', '3'), word),
  shaped('((§ += §))', name, number),
  shaped('read -r § <<< §', name, word),
  shaped('local § 2> /dev/null', name),
  pick('declare -p a 2> /dev/null', 'unset "a[1]"', 'echo "${PIPESTATUS[@]}"', 'mapfile -t a < f'),
  shaped("printf '%q ' §; echo", list),
  shaped("printf '%-5s|%05d|%x|%c\\n' § § § §", word, number, number, word),
  shaped("printf '%b\\n' §", word),
  shaped('printf -v § %s- §', name, list),
  shaped('declare -i §=§', pick('i', 'x'), pick('1+2', 'y', '07', '2*3')),
  shaped('declare -§ §=§; echo $§; declare -p §', pick('u', 'l', 'x'), pick('v'), word, pick('v'), pick('v')),
  shaped('m[§]=§', pick('k', 'w', '"a b"', '$x'), word),
  shaped('declare -A m; m=([a]=§ [b]=§); for k in b a; do echo "$k=${m[$k]}"; done', word, word),
  shaped('IFS=§ read -r § § <<< §', pick(':', ',', "' '"), name, name, word),
  shaped('IFS=, ; echo "${a[*]}"; unset IFS; echo §', word),
  shaped('read -a r <<< §; echo "${#r[@]} ${r[0]}"', word),
  shaped('read -d § -r v <<< §; echo "$? $v"', pick('o', ':', "''"), word),
  shaped('read -n § v <<< §; echo "$v"', pick('1', '3'), word),
  shaped(
    'set -- §; while getopts :ab: o; do echo "$o ${OPTARG-none} $OPTIND"; done; OPTIND=1',
    pick('-a -b x y', '-ab', '-c', '-b', '-a -- -b'),
  ),
  shaped('let § ; echo $?', pick('x=1+2', '"y = 0"', 'x++ y--', "'x = y > 1'")),
  shaped('unset § ; echo "${§-unset}"', pick('a', 'm', 'x', '"a[0]"'), pick('a', 'x')),
  shaped('n=§; declare -n ref=x; ref=§; echo "$x $ref"; unset -n ref', name, word),
  shaped('echo § | cat | tr a b; echo "${PIPESTATUS[*]}"', word),
  // Nothing that can fail stands in <(...): whose complaint comes first would be chance.
  shaped('cat <(echo one) - <<< §', word),
  shaped('case § in\n@(a|b)*) echo 1 ;;\n!(foo)) echo 2 ;;\nesac\necho ${x/+(o)/0}', word),
  shaped('shopt -s nocasematch; [[ "§" == f* ]] && echo fits; shopt -u nocasematch', literal),
  pick(
    'set -o pipefail; false | true; echo $?; set +o pipefail',
    'echo $((RANDOM < 0)) ${#FUNCNAME[@]} $BASH_SUBSHELL',
  ),
  pick(
    'type fn 2> /dev/null',
    'declare -f fn',
    'set | grep "^[xyz]="',
    'declare -p x y z a m 2> /dev/null',
    'echo "${BASH_REMATCH[@]}"',
  ),
  pick(
    'caller',
    'hash -r',
    'wait',
    'command echo hi',
    'builtin echo hi',
    'eval "echo \\"$x\\""',
    'unset -f fn',
    'shopt -q extglob; echo $?',
  ),
  pick('shopt -s nullglob; echo no*; shopt -u nullglob', 'declare -A m=([k]=v [l]=w); echo "${!m[@]}"'),
  ...arraysAndAssignments(list, word),
];

const arraysAndAssignments = (list: Text, word: Text): Text[] => [
  shaped('f2() { local -a l=(§); local -i n=§; l+=("$n"); declare -p l n; }; f2', list, number),
  shaped('f3() { local v=$1; shift; (($#)) && f3 "$@"; echo "$v"; }; f3 §', list),
  shaped('mapfile -t -n 2 a <<< §; declare -p a', word),
  shaped('set -- §; echo "${@: -1}" "${!#}" "${@:1:2}" "$#"', list),
  shaped('for e in "${!a[@]}"; do echo "$e=${a[$e]}"; done; echo §', word),
  shaped('for ((k = 0, j = 3; k < j; k++, j--)); do echo "$k $j" §; done', word),
  shaped('declare v=§{a,b}; echo "$v"', word),
  shaped('§=§ eval \'echo "$x $y"; declare -p x 2> /dev/null\'', name, word),
  shaped('x+=§ y=$x eval \'echo "$x $y"\'; echo "$x"', word),
  shaped('echo "${@@A}" "${a[@]@A}" §', word),
  pick(
    'declare -ft fn 2> /dev/null; declare -F',
    'echo {c..X..9} {a,b{1,2}}{,x}',
    'export -n x; declare -p x 2> /dev/null',
  ),
];
