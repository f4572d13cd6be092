// A menu item that changes something: in a read-only firm it stays, is off and says why. By itself, since few pages begin with a menu.
import { Menu, type MenuItemProps } from '@mantine/core';
import { useShut } from '@/app/writing';

export function WriteItem(props: MenuItemProps & { onClick?: () => void }) {
  const shut = useShut();
  if (!shut) return <Menu.Item {...props} />;
  const { onClick: _, ...rest } = props;
  return <Menu.Item {...rest} {...shut.attributes} closeMenuOnClick={false} />;
}
