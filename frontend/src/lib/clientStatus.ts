// How a client's status and risk look: tone, shape and word.
import {
  IconCircleCheck,
  IconCircleMinus,
  IconCirclePause,
  IconProgress,
  IconSquareRotated,
  IconTriangle,
  IconTriangleInverted,
} from '@tabler/icons-react';
import { humanise } from './format';
import type { StatusLook } from './status';

const STATUS: Record<string, StatusLook> = {
  active: { tone: 'success', icon: IconCircleCheck, label: 'Active' },
  onboarding: { tone: 'info', icon: IconProgress, label: 'Onboarding' },
  suspended: { tone: 'warn', icon: IconCirclePause, label: 'Suspended' },
  offboarded: { tone: 'neutral', icon: IconCircleMinus, label: 'Offboarded' },
};

const RISK: Record<string, StatusLook> = {
  low: { tone: 'neutral', icon: IconTriangleInverted, label: 'Low risk' },
  medium: { tone: 'warn', icon: IconSquareRotated, label: 'Medium risk' },
  high: { tone: 'danger', icon: IconTriangle, label: 'High risk' },
};

export const CLIENT_STATUSES = Object.keys(STATUS);
export const RISKS = Object.keys(RISK);

export function clientLook(status: string): StatusLook {
  return STATUS[status] ?? { tone: 'neutral', icon: IconCircleMinus, label: humanise(status) };
}

export function riskLook(risk: string): StatusLook {
  return RISK[risk] ?? { tone: 'neutral', icon: IconTriangleInverted, label: humanise(risk) };
}

const ENTITY_TYPES: Record<string, string> = {
  opc: 'One person company',
  llp: 'LLP',
  huf: 'Hindu undivided family',
};

/** The entity type's name; the reference call has the full list for forms. */
export function entityTitle(key: string): string {
  return ENTITY_TYPES[key] ?? humanise(key);
}
