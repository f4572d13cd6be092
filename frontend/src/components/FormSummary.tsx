// The box above a form that did not go through: takes focus, and each line leads to its field.
import { IconAlertCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { toApiError } from '@/api/error';

type Props = { error: unknown; labels?: Record<string, string>; ids?: Record<string, string> };

export function FormSummary({ error, labels = {}, ids = {} }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  // A change that waits for approval did go through.
  if (!error || toApiError(error).code === 'approval.waits') return null;
  const fault = toApiError(error);
  const fields = Object.entries(fault.fields);
  return (
    <div className="z-notice" data-tone="danger" role="alert" tabIndex={-1} ref={box}>
      <IconAlertCircle size={16} aria-hidden="true" />
      <div className="z-grow">
        <p className="z-strong">{fault.message}</p>
        {fields.length > 0 && (
          <ul style={{ margin: '4px 0 0', paddingInlineStart: 16 }}>
            {fields.map(([key, words]) => (
              <li key={key}>
                {ids[key] ? (
                  <a
                    style={{ display: 'inline-block', minHeight: 24 }}
                    href={`#${ids[key]}`}
                    onClick={(event) => focusField(event, ids[key] ?? '')}
                  >
                    {labels[key] ?? key}: {words}
                  </a>
                ) : (
                  `${labels[key] ? `${labels[key]}: ` : ''}${words}`
                )}
              </li>
            ))}
          </ul>
        )}
        {fault.requestId && fault.status >= 500 && <p className="z-small">Ref {fault.requestId}</p>}
      </div>
    </div>
  );
}

function focusField(event: { preventDefault: () => void }, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}
