import { declareLiveTests } from './live-comparison.ts';
import { limitCommands } from './live-limits.ts';

declareLiveTests('limits of containers', limitCommands, 'limits-answers.json');
