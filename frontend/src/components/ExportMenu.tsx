// Downloads all rows of the current filter as XLSX or CSV. In its own chunk: the list comes first.
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { exportHref } from '@/lib/exportHref';

export default function ExportMenu({ path, query }: { path: string; query: Record<string, unknown> }) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Menu.Item key={format} component="a" href={exportHref(path, query, format)} download>
            {format === 'xlsx' ? 'Excel (XLSX)' : 'CSV'}, all rows of this list
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => window.print()}>Print the rows on this page</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
