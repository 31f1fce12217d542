// The screen: panes where the layout puts them, the hint line, and an overlay if one is open. It holds no state.
import { Box, Text, useApp, useCursor } from 'ink';
import TextInput from 'ink-text-input';
import { hintLine } from '../panes/hint.ts';
import { overlayBox } from '../panes/overlay.ts';
import { paneText } from '../panes/pane-text.ts';
import { tooSmallText } from '../panes/too-small.ts';
import { type Place, tooSmall } from '../state/layout.ts';
import type { Model } from '../state/model.ts';
import { places } from '../state/update.ts';
import { paint } from '../text/line.ts';
import type { Frame } from './runtime.ts';
import type { SuspendInk } from './suspend.ts';

export interface ViewProps {
  readonly frame: Frame;
  readonly filtered: (text: string) => void;
  readonly filterDone: () => void;
  /** Given Ink's way to leave the terminal for a while. */
  readonly mounted?: (suspendInk: SuspendInk) => void;
}

export function View({ frame, filtered, filterDone, mounted }: ViewProps) {
  mounted?.(useApp().suspendTerminal);
  const { model, screen } = frame;
  const { columns, rows } = model.size;
  const { setCursorPosition } = useCursor();
  setCursorPosition(cursorPosition(frame));
  if (tooSmall(model.size)) return <Text wrap="truncate">{tooSmallText(model.size)}</Text>;
  const shown = places(model);
  return (
    <Box width={columns} height={rows}>
      {shown.map((place) => (
        <Area key={place.pane} {...place} text={paneText(model, screen, place)} />
      ))}
      {shown
        .filter(({ x }) => x > 0)
        .map((place) => (
          <Area key={`bar ${place.pane}`} {...place} x={place.x - 1} width={1} text={bar(model, place)} />
        ))}
      <Overlay model={model} />
      <Box position="absolute" top={rows - 1} left={0} width={columns} height={1}>
        {model.overlay === 'filter' ? (
          <Filter text={model.filter} filtered={filtered} done={filterDone} />
        ) : (
          <Text wrap="truncate">{paint(hintLine(model, columns), columns, model.theme)}</Text>
        )}
      </Box>
    </Box>
  );
}

type AreaProps = Pick<Place, 'x' | 'y' | 'width' | 'height'> & { readonly text: string };

function Area({ x, y, width, height, text }: AreaProps) {
  return (
    <Box position="absolute" top={y} left={x} width={width} height={height}>
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
}

function Overlay({ model }: { readonly model: Model }) {
  const box = overlayBox(model);
  return box === undefined ? null : <Area {...box} />;
}

function Filter({
  text,
  filtered,
  done,
}: {
  text: string;
  filtered: (text: string) => void;
  done: () => void;
}) {
  return (
    <Box>
      <Text bold> filter: </Text>
      <TextInput
        value={text}
        onChange={filtered}
        onSubmit={done}
        placeholder="part of a name; Enter keeps it, Esc closes"
      />
    </Box>
  );
}

function bar({ theme }: Model, { height }: Place): string {
  return Array.from({ length: height }, () =>
    paint([{ text: theme.glyphs.bar, role: 'rule' }], 1, theme),
  ).join('\n');
}

// The real cursor stands where the shell's does, if the shell has the keys.
export function cursorPosition({ model, screen }: Frame): { x: number; y: number } | undefined {
  const place = places(model).find(({ pane }) => pane === 'shell');
  if (
    place === undefined ||
    model.mode !== 'shell' ||
    model.overlay !== undefined ||
    screen.cursor === undefined
  )
    return undefined;
  return { x: place.x + screen.cursor.x, y: place.y + 1 + screen.cursor.y };
}
