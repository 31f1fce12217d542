import { liveCommands } from './live-commands.ts';
import { declareLiveTests } from './live-comparison.ts';

declareLiveTests('docker', liveCommands, 'live-answers.json');
