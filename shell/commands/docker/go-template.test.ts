import test from 'ava';
import { compileTemplate, runTemplate } from './go-template.ts';
import { fromApi, type GoValue, goJson, Methods } from './go-value.ts';

const container = fromApi({
  Id: '38f39157d09367f016f3b105',
  Name: '/c1',
  Path: 'tail',
  Args: ['-f', '/dev/null'],
  State: { Status: 'running', Running: true, Paused: false, Pid: 18518 },
  Mounts: [
    { Type: 'volume', Name: 'vol', Destination: '/vol' },
    { Type: 'volume', Name: 'd5ef', Destination: '/anon' },
  ],
  Config: {
    Env: ['X=1', 'PATH=/bin'],
    Cmd: ['tail'],
    Labels: { z: 'y', a: 'b' },
    Entrypoint: null,
    Volumes: null,
    Image: 'base-image',
  },
  HostConfig: { MemorySwappiness: null, CapAdd: null },
});

const render = (source: string, data: GoValue = container): string => {
  const { template, error } = compileTemplate(source);
  if (!template) return `! ${error}`;
  const result = runTemplate(template, data);
  return result.error === undefined ? result.text : `${result.text}! ${result.error}`;
};

// Each row was run through a real `docker inspect -f`.
const rows: readonly (readonly [string, string])[] = [
  ['{{define "x"}}[{{.}}]{{end}}{{template "x" .Name}}{{template "x" 5}}', '[/c1][5]'],
  ['{{block "b" .Name}}<{{.}}>{{end}}', '</c1>'],
  [
    '{{template "nope"}}',
    '! template: :1:11: executing "" at <{{template "nope"}}>: template "nope" not defined',
  ],
  [
    'a{{template "nope" .}}',
    'a! template: :1:12: executing "" at <{{template "nope" .}}>: template "nope" not defined',
  ],
  ['{{define "x"}}a{{.Name}}{{end}}{{template "x"}}', 'a<no value>'],
  ['{{define "x"}}a{{end}}b', 'b'],
  ['{{template "x" .Name}}{{define "x"}}late {{.}}{{end}}', 'late /c1'],
  ['{{define x}}a{{end}}', '! template: :1: unexpected "x" in define clause'],
  ['{{define "x"}}a', '! template: :1: unexpected EOF'],
  ['{{if true}}{{define "x"}}a{{end}}{{end}}', '! template: :1: unexpected <define> in command'],
  ['{{define "x"}}{{$.Name}}{{end}}{{template "x" .}}', '/c1'],
  ['{{$v := 1}}{{define "x"}}{{$v}}{{end}}', '! template: :1: undefined variable "$v"'],
  [
    '{{define "x"}}1{{end}}{{define "x"}}2{{end}}{{template "x"}}',
    '! template: :1: template: multiple definition of template "x"',
  ],
  [
    '{{block "x" 1}}b{{end}}{{define "x"}}2{{end}}',
    '! template: :1: template: multiple definition of template "x"',
  ],
  ['{{template "x" .Name}}{{block "x" .Path}}b{{len .}}{{end}}', 'b3b4'],
  ['{{range .Args}}{{template "y" .}}{{end}}{{define "y"}}({{.}}){{end}}', '(-f)(/dev/null)'],
  ['{{template x}}', '! template: :1: unexpected "x" in template clause'],
  ['{{template "x" 1 | printf "%d" }}{{define "x"}}{{.}}{{end}}', '1'],
  ['{{block "b"}}a{{end}}', '! template: :1: missing value for block clause'],
  [
    '{{call .Name}}',
    '! template: :1:2: executing "" at <call .Name>: error calling call: non-function .Name of type string',
  ],
  [
    '{{call}}',
    '! template: :1:2: executing "" at <call>: wrong number of args for call: want at least 1 got 0',
  ],
  [
    '{{call print 1}}',
    '! template: :1:2: executing "" at <call print 1>: error calling call: non-function print of type string',
  ],
  ['{{call nil 1}}', '! template: :1:2: executing "" at <call nil 1>: error calling call: call of nil'],
  [
    '{{call 5}}',
    '! template: :1:2: executing "" at <call 5>: error calling call: non-function 5 of type int',
  ],
  [
    '{{.Config.Labels}} {{.Config.Labels.a}} {{index .Config.Labels "z"}} {{.Config.Labels.nope}} {{index .Config.Labels "nope"}}|',
    'map[a:b z:y] b y <no value> |',
  ],
  ['{{.Nope}}', '! template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"'],
  ['{{.State.Nope}}', '! template: :1:8: executing "" at <.State.Nope>: map has no entry for key "Nope"'],
  [
    '{{len .Config.Env}} {{index .Config.Env 0}} {{json .Config.Cmd}} {{.Args}} {{.Path}}',
    '2 X=1 ["tail"] [-f /dev/null] tail',
  ],
  [
    '{{index .Config.Env 99}}',
    '! template: :1:2: executing "" at <index .Config.Env 99>: error calling index: index out of range: 99',
  ],
  ['{{range .Mounts}}{{.Type}} {{.Destination}} {{.Name}};{{end}}', 'volume /vol vol;volume /anon d5ef;'],
  ['{{.Mounts}}', '[{volume vol /vol} {volume d5ef /anon}]'],
  ['{{range $i, $e := .Config.Env}}{{$i}}={{$e}} {{end}}', '0=X=1 1=PATH=/bin '],
  ['{{range $k, $v := .Config.Labels}}{{$k}}:{{$v}},{{end}}', 'a:b,z:y,'],
  [
    '{{if .State.Running}}up{{else}}down{{end}} {{with .Config}}{{.Image}}{{end}} {{if and .State.Running (not .State.Paused)}}y{{end}} {{if eq .State.Status "running" "x"}}eq{{end}} {{if gt .State.Pid 0}}gt{{end}}',
    'up base-image y eq gt',
  ],
  [
    '{{.HostConfig.CapAdd}} {{.Config.Volumes}} {{.Config.Entrypoint}} {{.HostConfig.MemorySwappiness}}',
    '[] map[] [] <nil>',
  ],
  ['{{printf "%s-%d-%v-%q" .Name .State.Pid .Args .Path}}', '/c1-18518-[-f /dev/null]-"tail"'],
  ['{{ .Name | printf "%s!" | upper }} {{- " x" -}} {{/* c */}} z', '/C1! x z'],
  ['{{slice .Id 0 12}}', '38f39157d093'],
  ['{{println .Name}}{{print 1 2 "a" "b" 3}}', '/c1\n1 2ab3'],
  ['{{.Name', '! template: :1: unclosed action'],
  ['{{if}}', '! template: :1: missing value for if'],
  ['{{end}}', '! template: :1: unexpected {{end}}'],
  ['{{range .Mounts}}', '! template: :1: unexpected EOF'],
  ['{{nope}}', '! template: :1: function "nope" not defined'],
  ['{{.Name | nope}}', '! template: :1: function "nope" not defined'],
  ['{{json .State.Status}} {{json .HostConfig.CapAdd}}', '"running" null'],
];
for (const [source, expected] of rows) test(`renders ${source}`, (t) => t.is(render(source), expected));

test('else if, break, variables and nesting', (t) => {
  t.is(render('{{if .State.Paused}}p{{else if .State.Running}}r{{else}}n{{end}}'), 'r');
  t.is(render('{{range $i, $m := .Mounts}}{{if $i}}{{break}}{{end}}{{$m.Name}}{{end}}'), 'vol');
  t.is(render('{{$x := .Name}}{{with .State}}{{$x}} {{$.Path}}{{end}}'), '/c1 tail');
  t.is(render('{{$x := 1}}{{range .Mounts}}{{$x = .Name}}{{end}}{{$x}}'), 'd5ef');
  t.is(render('{{range .HostConfig.CapAdd}}x{{else}}none{{end}}'), 'none');
  t.is(render('{{(index .Mounts 1).Name}}'), 'd5ef');
});

test('a context of the formatter names its type when a column is missing', (t) => {
  const row = new Methods('*formatter.ContainerContext', {
    Names: () => 'c1',
    Label: (name: GoValue) => `<${name}>`,
  });
  t.is(render('{{.Names}} {{.Label "a"}} {{json .}}', row), 'c1 <a> {"Names":"c1"}');
  t.is(
    render('{{.Nope}}', row),
    '! template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.ContainerContext',
  );
});

test('json escapes for HTML where Go does and keeps the order of fields', (t) => {
  const value = fromApi({ B: '<none>', A: [1, true, null], Labels: { z: '1', a: '2' } });
  t.is(goJson(value), '{"B":"\\u003cnone\\u003e","A":[1,true,null],"Labels":{"a":"2","z":"1"}}');
  t.is(
    goJson(fromApi({ A: [], B: {}, C: [1] }), { indent: true }),
    '{\n    "A": [],\n    "B": {},\n    "C": [\n        1\n    ]\n}',
  );
});
