import test from 'ava';
import { parseScenario } from '../../scenarios/parse.ts';
import { EchoSession } from '../app/echo-session.ts';
import { film } from './film.ts';

const source = '# Two steps\n\nFirst.\n\n```sh\n$ one\n```\n\nThen.\n\n```sh\n$ two\n```\n';

test('a film has a marker per step, types the commands, and is the same on every run', async (t) => {
  const parsed = parseScenario(source, 'x');
  if (!parsed.ok) return t.fail(JSON.stringify(parsed.problems));
  const make = () => film(new EchoSession(), parsed.scenario, { columns: 80, rows: 24 });
  const text = await make();
  const events = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as [number, string, string]);
  t.deepEqual(
    events.filter(([, kind]) => kind === 'm').map(([, , label]) => label),
    ['step 1', 'step 2'],
  );
  t.true(events.every(([time], at) => at === 0 || time >= (events[at - 1]?.[0] ?? 0)));
  t.true(text.includes('The end.'));
  t.is(await make(), text);
});

test('what the session prints before the first frame is in it', async (t) => {
  const parsed = parseScenario(source, 'x');
  if (!parsed.ok) return t.fail(JSON.stringify(parsed.problems));
  const session = new EchoSession();
  let listeners = 0;
  const listen = session.onOutput.bind(session);
  session.onOutput = (listener) => {
    listeners++;
    return listen(listener);
  };
  const filming = film(session, parsed.scenario, { columns: 80, rows: 24 });
  t.true(listeners > 0, 'nobody listens yet');
  t.regex(await filming, /\$ /);
});
