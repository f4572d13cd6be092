// The dialogs of a client, each loaded when first wanted.
import { lazy } from 'react';

export const ContactDialog = lazy(() => import('./ContactDialog').then((m) => ({ default: m.ContactDialog })));
export const EditClientDialog = lazy(() => import('./EditClientDialog').then((m) => ({ default: m.EditClientDialog })));
export const EventDialog = lazy(() => import('./EventDialog').then((m) => ({ default: m.EventDialog })));
export const FactDialog = lazy(() => import('./FactDialog').then((m) => ({ default: m.FactDialog })));
export const RegistrationDialog = lazy(() =>
  import('./RegistrationDialog').then((m) => ({ default: m.RegistrationDialog })),
);
export const RemoveEventDialog = lazy(() =>
  import('./RemoveEventDialog').then((m) => ({ default: m.RemoveEventDialog })),
);
