import { declareLiveTests } from './live-comparison.ts';
import { healthCommands } from './live-health.ts';

declareLiveTests('health checks', healthCommands, 'health-answers.json');
