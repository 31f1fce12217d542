import { capabilityCommands } from './live-capabilities.ts';
import { declareLiveTests } from './live-comparison.ts';

declareLiveTests('capabilities', capabilityCommands, 'capability-answers.json');
