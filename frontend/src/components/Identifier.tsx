// An identifier as shown (mono, copy button) and as typed (live feedback that never blocks).
import { ActionIcon, CopyButton, TextInput } from '@mantine/core';
import { IconCheck, IconCircleCheckFilled, IconCopy } from '@tabler/icons-react';
import { checkIdentifier, type IdentifierKind, normalise } from '@/lib/identifiers';

const LABELS: Record<IdentifierKind, string> = { pan: 'PAN', gstin: 'GSTIN', cin: 'CIN', llpin: 'LLPIN', lei: 'LEI' };

/** A stored identifier. */
export function Identifier({ kind, value }: { kind: IdentifierKind; value: string }) {
  const good = checkIdentifier(kind, value).state === 'ok';
  return (
    <span className="z-row z-nowrap" style={{ gap: 6 }}>
      <span className="z-2">{LABELS[kind]}</span>
      <span className="mono">{value}</span>
      {good && (
        <IconCircleCheckFilled
          size={14}
          role="img"
          aria-label="Format checked"
          style={{ color: 'var(--z-success-mark)' }}
        />
      )}
      <CopyText value={value} label={LABELS[kind]} />
    </span>
  );
}

/** A copy button that says what it copied. */
export function CopyText({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <ActionIcon
          size={24}
          title={copied ? `${label} copied` : `Copy ${label}`}
          onClick={copy}
          aria-label={copied ? `${label} copied` : `Copy ${label} ${value}`}
          data-print="hide"
        >
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}

type InputProps = {
  kind: IdentifierKind;
  value: string;
  onChange: (value: string) => void;
  /** The client's PAN, to compare with the one inside a GSTIN. */
  pan?: string;
  error?: string;
  id?: string;
};

/** An identifier field: upper-cases, drops spaces, and says what it sees while you type. */
export function IdentifierInput({ kind, value, onChange, pan, error, id }: InputProps) {
  const feedback = checkIdentifier(kind, value, pan);
  const wrong = error ?? (feedback.state === 'error' ? feedback.text : undefined);
  return (
    <TextInput
      id={id}
      label={`${LABELS[kind]} (optional)`}
      value={value}
      onChange={(event) => onChange(normalise(kind, event.currentTarget.value))}
      error={wrong}
      description={wrong ? undefined : feedback.text || undefined}
      descriptionProps={{ 'aria-live': 'polite' }}
      autoComplete="off"
      spellCheck={false}
      classNames={{ input: 'mono' }}
      rightSection={
        feedback.state === 'ok' && !error ? (
          <IconCircleCheckFilled
            size={16}
            role="img"
            aria-label="Format is right"
            style={{ color: 'var(--z-success-mark)' }}
          />
        ) : null
      }
    />
  );
}
