// Buttons that change something. They stay where they are when they cannot be used: in a read-only firm they are
// off and say why, and without the feature they need they carry a lock and show which plan has it.
import { Button, type ButtonProps, createPolymorphicComponent } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ElementType, MouseEvent } from 'react';
import { type Needs, useShut } from '@/app/writing';

type Own = {
  /** The feature of the plan that it needs, and its name at the start of a sentence. */
  needs?: Needs;
  component?: ElementType;
  href?: string;
  to?: string;
  search?: unknown;
  type?: 'button' | 'submit' | 'reset';
  title?: string;
  onClick?: (event: MouseEvent<HTMLElement>) => void;
};

/** The props without what acts by itself: a shut link is a button that leads nowhere. */
function still<T extends Own>(props: T): Omit<T, keyof Own> {
  const { needs: _n, component: _c, href: _h, to: _t, search: _s, type: _y, title: _i, onClick: _o, ...rest } = props;
  return rest;
}

function AnyButton(props: ButtonProps & Own) {
  const shut = useShut(props.needs);
  if (!shut) {
    const { needs: _, ...rest } = props;
    // The element is the caller's choice; what it takes was checked where it was written.
    return <Button {...(rest as ButtonProps)} />;
  }
  const lock = shut.locked ? { leftSection: <IconLock size={14} aria-hidden="true" /> } : {};
  return <Button {...still(props)} {...lock} {...shut.attributes} type="button" />;
}

/** A button that changes something, or leads to where one does. */
export const WriteButton = createPolymorphicComponent<'button', ButtonProps & { needs?: Own['needs'] }>(AnyButton);
