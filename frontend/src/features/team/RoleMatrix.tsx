// Who may do what: a row a permission, grouped by area, a column a role.
import { IconCheck } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { RoleItem } from '@/api/types';
import { roleTitle } from '@/app/me';
import { byArea, type Named } from './areas';
import classes from './Team.module.css';

export function RoleMatrix({ roles, permissions }: { roles: RoleItem[]; permissions: Named[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Permissions by role">
      <table className={classes.matrix}>
        <caption className="z-hide">Permissions by role</caption>
        <thead>
          <tr>
            <th scope="col">Permission</th>
            {roles.map((role) => (
              <th scope="col" key={role.id ?? role.role}>
                {role.name ?? roleTitle(role.role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byArea(permissions).map(({ area, items }) => (
            <Fragment key={area}>
              <tr className={classes.area}>
                <th scope="rowgroup">{area}</th>
                <td colSpan={roles.length} />
              </tr>
              {items.map((permission) => (
                <tr key={permission.name}>
                  <th scope="row">{permission.title}</th>
                  {roles.map((role) => (
                    <td key={role.id ?? role.role}>
                      <May yes={role.permissions.includes(permission.name)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function May({ yes }: { yes: boolean }) {
  return yes ? (
    <>
      <IconCheck size={16} aria-hidden="true" />
      <span className="z-hide">yes</span>
    </>
  ) : (
    <span className="z-3">
      <span aria-hidden="true">–</span>
      <span className="z-hide">no</span>
    </span>
  );
}
