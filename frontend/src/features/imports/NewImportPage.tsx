// Step 1 of an import: the file. It is read and checked; nothing is written.
import { FileButton } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors } from '@/api/error';
import { FormSummary } from '@/components/FormSummary';
import { Page } from '@/components/Page';
import { WriteButton } from '@/components/WriteButton';
import { formatBytes } from '@/lib/format';
import classes from './Imports.module.css';
import { Steps } from './Steps';

export function NewImportPage() {
  const navigate = useNavigate();
  const [over, setOver] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [local, setLocal] = useState<unknown>(null);
  const upload = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      form.append('file', chosen);
      return unwrap(
        api.POST('/api/clients/import', {
          params: { query: { dryRun: true } },
          // The generated type names the parts; the body that travels is the form itself.
          body: form as unknown as { file: string },
          bodySerializer: () => form,
        }),
      );
    },
    onSuccess: (one) => void navigate({ to: '/imports/$importId', params: { importId: String(one.id) } }),
  });
  const take = (chosen: File | null | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    const fault = /\.(csv|xlsx|xls|ods|tsv)$/i.test(chosen.name)
      ? null
      : localErrors({ file: 'Give a CSV or XLSX file.' }, `${chosen.name} is not a sheet.`);
    setLocal(fault);
    if (!fault) upload.mutate(chosen);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <Page
      title="Import clients"
      crumbs={[
        { label: 'Clients', to: '/clients' },
        { label: 'Imports', to: '/imports' },
      ]}
    >
      <Steps at={0} />
      <div className="z-form" style={{ maxWidth: 720 }}>
        <FormSummary error={local ?? upload.error} labels={{ file: 'File' }} />
        <section
          className={classes.drop}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
          aria-label="Drop a sheet here"
        >
          <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
          <p className="z-strong">
            {file && upload.isPending
              ? `Reading ${file.name}, ${formatBytes(file.size)}`
              : 'Drop a CSV or XLSX file here'}
          </p>
          <FileButton
            onChange={take}
            accept=".csv,.tsv,.xlsx,.xls,.ods"
            inputProps={{ 'aria-label': 'Sheet of clients' }}
          >
            {(props) => (
              <WriteButton {...props} size="sm" leftSection={<IconUpload size={14} />} loading={upload.isPending}>
                Choose a file
              </WriteButton>
            )}
          </FileButton>
        </section>
        <p className="z-2" style={{ margin: 0 }}>
          One row a client. Column names can be your own: the next step matches them. Nothing is written before you say
          so.
        </p>
        <div className="z-row-wrap">
          <span className="z-2">Start from the template:</span>
          <a href="/api/clients/import/template?format=xlsx" download>
            Excel (XLSX)
          </a>
          <a href="/api/clients/import/template?format=csv" download>
            CSV
          </a>
        </div>
      </div>
    </Page>
  );
}
