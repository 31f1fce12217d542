#!/usr/bin/env node
// What `cowsh` starts. Written for any Node: it must parse, and say what is missing, where the rest would not.
var oldest = 22;
if (parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(
    'cowsh: needs Node.js ' + oldest + ' or newer, this is ' + process.versions.node + '\n',
  );
  process.exit(2);
}
// Compiled code is kept between runs, where Node keeps it: half the time of a start is compiling.
process.getBuiltinModule('module').enableCompileCache?.();
void import('./cli.js');
