import { Menu } from '@mantine/core';
import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { onPlanRefused, type PlanRefusal } from '@/api/client';
import { show } from '@/test/render';
import { WriteButton } from './WriteButton';
import { WriteItem } from './WriteItem';

const entitlements = {
  mode: { kind: 'full', readOnlyFrom: null as string | null },
  features: ['api_access'],
  unlockedBy: { custom_roles: 'Professional' } as Record<string, string>,
  planName: 'Growth',
};
vi.mock('@/app/me', () => ({ useMe: () => ({ entitlements, permissions: [] }) }));

const pressed = vi.fn();
const submitted = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  entitlements.mode = { kind: 'full', readOnlyFrom: null };
});

async function all() {
  await show(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submitted();
      }}
    >
      <WriteButton onClick={pressed}>Change</WriteButton>
      <WriteButton type="submit">Save</WriteButton>
      <WriteButton component="a" href="/clients/new">
        New client
      </WriteButton>
      <WriteButton needs={{ feature: 'custom_roles', title: 'Custom roles' }} onClick={pressed}>
        New role
      </WriteButton>
      <WriteButton needs={{ feature: 'api_access', title: 'API access' }} onClick={pressed}>
        New key
      </WriteButton>
      <Menu opened>
        <Menu.Dropdown>
          <WriteItem onClick={pressed}>Waive</WriteItem>
        </Menu.Dropdown>
      </Menu>
    </form>,
  );
}

describe('buttons that change something', () => {
  it('act in a firm that may write', async () => {
    await all();
    fireEvent.click(screen.getByRole('button', { name: 'Change' }));
    fireEvent.click(screen.getByRole('button', { name: 'New key' }));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Waive' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(pressed).toHaveBeenCalledTimes(3);
    expect(submitted).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('link', { name: 'New client' }).getAttribute('href')).toBe('/clients/new');
  });

  it('stay, are off and say why in a read-only firm', async () => {
    entitlements.mode = { kind: 'read_only', readOnlyFrom: '2026-10-18T00:00:00+05:30' };
    await all();
    for (const name of ['Change', 'Save', 'New client', 'New role', 'New key']) {
      const button = screen.getByRole('button', { name });
      expect(button.getAttribute('aria-disabled')).toBe('true');
      expect(button.title).toBe('Read-only since 18 Oct 2026. You can view, export, print and record filings.');
      fireEvent.click(button);
    }
    const item = screen.getByRole('menuitem', { name: 'Waive' });
    expect(item.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(item);
    expect(pressed).not.toHaveBeenCalled();
    expect(submitted).not.toHaveBeenCalled();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('show which plan has what they need', async () => {
    const shown: PlanRefusal[] = [];
    const stop = onPlanRefused((refusal) => shown.push(refusal));
    await all();
    fireEvent.click(screen.getByRole('button', { name: 'New role' }));
    stop();
    expect(pressed).not.toHaveBeenCalled();
    expect(shown).toEqual([
      {
        feature: 'custom_roles',
        unlockedBy: 'Professional',
        message: 'Custom roles: on Professional. You are on Growth.',
      },
    ]);
  });
});
