// Which column is which field: our guesses, yours to change, then checked again.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import { importQuery } from '@/api/queries';
import type { Import } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { done } from '@/lib/notify';
import classes from './Imports.module.css';

const SURE = { exact: 'same name', likely: 'our guess', none: 'left out' } as const;

export function MappingTable({ one }: { one: Import }) {
  const queryClient = useQueryClient();
  const [mapping, setMapping] = useState<Record<string, string>>(() =>
    Object.fromEntries(one.columns.map((column) => [String(column.index), column.field ?? ''])),
  );
  const check = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/imports/{id}/check', {
          params: { path: { id: one.id } },
          body: {
            mapping: Object.fromEntries(
              Object.entries(mapping).map(([index, field]) => [index, field || null]),
            ) as Record<string, string>,
          },
        }),
      ),
    onSuccess: (next) => {
      queryClient.setQueryData(importQuery(one.id).queryKey, next);
      done('Checked again with your columns.');
    },
  });
  const used = Object.values(mapping).filter(Boolean);
  const twice = one.fields.filter((field) => used.filter((key) => key === field.key).length > 1);
  const missing = one.fields.filter((field) => field.required && !used.includes(field.key));
  const changed = one.columns.some((column) => (column.field ?? '') !== mapping[String(column.index)]);
  return (
    <section className="z-card" aria-labelledby="mapping">
      <header>
        <h2 id="mapping">Columns</h2>
        <span className="z-2">What each column of your sheet is</span>
        <WriteButton
          variant={changed ? 'filled' : 'default'}
          ml="auto"
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          Check again
        </WriteButton>
      </header>
      {(check.error || missing.length > 0 || twice.length > 0) && (
        <div className="z-card-body z-stack">
          <FormSummary error={check.error} />
          {missing.length > 0 && (
            <span className="z-late">Still needed: {missing.map((field) => field.title).join(', ')}.</span>
          )}
          {twice.length > 0 && (
            <span className="z-late">Chosen twice: {twice.map((field) => field.title).join(', ')}.</span>
          )}
        </div>
      )}
      <div className={classes.scroll}>
        <table className={classes.table}>
          <caption className="z-hide">Columns of the sheet and the fields they fill</caption>
          <thead>
            <tr>
              <th scope="col">Column in your sheet</th>
              <th scope="col">First values</th>
              <th scope="col">Field</th>
              <th scope="col">Match</th>
            </tr>
          </thead>
          <tbody>
            {one.columns.map((column) => (
              <tr key={column.index}>
                <td className="z-strong">{column.header}</td>
                <td className={classes.sample} title={column.sample.join(', ')}>
                  {column.sample.slice(0, 3).join(', ')}
                </td>
                <td>
                  <select
                    className="z-select"
                    aria-label={`Field for column ${column.header}`}
                    value={mapping[String(column.index)]}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      setMapping((now) => ({ ...now, [String(column.index)]: value }));
                    }}
                  >
                    <option value="">Leave out</option>
                    {one.fields.map((field) => (
                      <option key={field.key} value={field.key}>
                        {field.title}
                        {field.required ? ' (needed)' : ''}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="z-2">
                  {(column.field ?? '') === mapping[String(column.index)] ? SURE[column.confidence] : 'your choice'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
