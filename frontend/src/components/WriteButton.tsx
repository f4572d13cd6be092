// Buttons and menu items that change something. They stay where they are when they cannot be used: in a read-only firm they are
// off and say why, and without the feature they need they carry a lock and show which plan has it.
import { Button, type ButtonProps, createPolymorphicComponent, Menu, type MenuItemProps } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ElementType, MouseEvent } from 'react';
import { refusePlan } from '@/api/client';
import { useMe } from '@/app/me';
import { useReadOnly } from '@/app/writing';

type Own = {
  /** The feature of the plan that it needs, and its name at the start of a sentence. */
  needs?: { feature: string; title: string };
  component?: ElementType;
  href?: string;
  to?: string;
  search?: unknown;
  type?: 'button' | 'submit' | 'reset';
  title?: string;
  onClick?: (event: MouseEvent<HTMLElement>) => void;
};

/** What an unusable control is given instead of its own action; null while it may be used. */
function useShut({ needs }: Own): { attributes: object; locked: boolean } | null {
  const why = useReadOnly();
  const { features, unlockedBy, planName } = useMe().entitlements;
  if (why) {
    const onClick = (event: MouseEvent) => {
      event.preventDefault();
      event.stopPropagation();
    };
    return { locked: false, attributes: { 'aria-disabled': true, 'data-disabled': true, title: why, onClick } };
  }
  if (!needs || features.includes(needs.feature)) return null;
  const plan = unlockedBy?.[needs.feature] ?? null;
  const message = plan
    ? `${needs.title}: on ${plan}. You are on ${planName}.`
    : `${needs.title}: not part of the plans on offer here. You are on ${planName}.`;
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    refusePlan({ feature: needs.feature, unlockedBy: plan, message });
  };
  return { locked: true, attributes: { title: message, onClick } };
}

/** The props without what acts by itself: a shut link is a button that leads nowhere. */
function still<T extends Own>(props: T): Omit<T, keyof Own> {
  const { needs: _n, component: _c, href: _h, to: _t, search: _s, type: _y, title: _i, onClick: _o, ...rest } = props;
  return rest;
}

function AnyButton(props: ButtonProps & Own) {
  const shut = useShut(props);
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

/** A menu item that changes something. */
export function WriteItem(props: MenuItemProps & { onClick?: () => void }) {
  const shut = useShut({});
  if (!shut) return <Menu.Item {...props} />;
  const { onClick: _, ...rest } = props;
  return <Menu.Item {...rest} {...shut.attributes} closeMenuOnClick={false} />;
}
