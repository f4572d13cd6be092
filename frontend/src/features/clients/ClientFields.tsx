// The client form's fields, shared by "New client" and "Edit".
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { Reference, UserRef } from '@/api/types';
import { DateField } from '@/components/DateField';
import { IdentifierInput } from '@/components/Identifier';
import { CLIENT_STATUSES, clientLook, RISKS, riskLook } from '@/lib/clientStatus';
import { type ClientValues, FIELD_IDS } from './clientForm';

type Props = {
  values: ClientValues;
  onChange: (part: Partial<ClientValues>) => void;
  fields: Record<string, string>;
  reference: Reference | undefined;
  users: UserRef[];
  today: string;
  /** The field that a key asked for. */
  focus?: 'tags';
};

export function ClientFields({ values, onChange, fields, reference, users, today, focus }: Props) {
  const llp = values.entityType === 'llp';
  const company = /company|opc/.test(values.entityType);
  const identifier = (kind: 'pan' | 'gstin' | 'cin' | 'llpin' | 'lei') => (
    <IdentifierInput
      id={FIELD_IDS[kind]}
      kind={kind}
      value={values[kind]}
      pan={values.pan}
      error={fields[kind]}
      onChange={(value) => onChange({ [kind]: value })}
    />
  );
  return (
    <>
      <TextInput
        id={FIELD_IDS.clientName}
        label="Legal name"
        description="As on the certificate of incorporation or the PAN card."
        value={values.clientName}
        error={fields.clientName}
        onChange={(event) => onChange({ clientName: event.currentTarget.value })}
      />
      <div className="z-pair">
        <TextInput
          id={FIELD_IDS.shortName}
          label="Short name (optional)"
          description="Shown in tables."
          value={values.shortName}
          error={fields.shortName}
          onChange={(event) => onChange({ shortName: event.currentTarget.value })}
        />
        <NativeSelect
          id={FIELD_IDS.entityType}
          label="Entity type"
          value={values.entityType}
          error={fields.entityType}
          data={[
            { value: '', label: 'Choose' },
            ...(reference?.entityTypes ?? []).map((one) => ({ value: one.key, label: one.title })),
          ]}
          onChange={(event) => onChange({ entityType: event.currentTarget.value })}
        />
      </div>
      <div className="z-pair">
        {identifier('pan')}
        {identifier('gstin')}
      </div>
      <div className="z-pair">
        {llp
          ? identifier('llpin')
          : company || values.cin || !values.entityType
            ? identifier('cin')
            : identifier('lei')}
        <DateField
          id={FIELD_IDS.incorporatedOn}
          label="Incorporated on (optional)"
          value={values.incorporatedOn}
          onChange={(incorporatedOn) => onChange({ incorporatedOn })}
          today={today}
          max={today}
          error={fields.incorporatedOn}
        />
      </div>
      <DateField
        id={FIELD_IDS.trackFrom}
        label="Track filings from (optional)"
        value={values.trackFrom}
        onChange={(trackFrom) => onChange({ trackFrom })}
        today={today}
        error={fields.trackFrom}
        help="Filings due before this day are left out. Empty: from today."
      />
      {(llp || company) && identifier('lei')}
      <div className="z-pair">
        <NativeSelect
          id={FIELD_IDS.status}
          label="Status"
          value={values.status}
          error={fields.status}
          data={CLIENT_STATUSES.map((value) => ({ value, label: clientLook(value).label }))}
          onChange={(event) => onChange({ status: event.currentTarget.value })}
        />
        <NativeSelect
          id={FIELD_IDS.riskRating}
          label="Risk (optional)"
          value={values.riskRating}
          error={fields.riskRating}
          data={[{ value: '', label: 'Not rated' }, ...RISKS.map((value) => ({ value, label: riskLook(value).label }))]}
          onChange={(event) => onChange({ riskRating: event.currentTarget.value })}
        />
      </div>
      <div className="z-pair">
        <NativeSelect
          id={FIELD_IDS.ownerId}
          label="Owner (optional)"
          description="Who looks after this client."
          value={values.ownerId}
          error={fields.ownerId}
          data={[
            { value: '', label: 'Nobody yet' },
            ...users.map((user) => ({ value: String(user.id), label: user.displayName })),
          ]}
          onChange={(event) => onChange({ ownerId: event.currentTarget.value })}
        />
        <TextInput
          id={FIELD_IDS.tags}
          label="Tags (optional)"
          data-autofocus={focus === 'tags' || undefined}
          description="Separate with commas."
          value={values.tags}
          error={fields.tags}
          onChange={(event) => onChange({ tags: event.currentTarget.value })}
        />
      </div>
      <Textarea
        id={FIELD_IDS.notes}
        label="Notes (optional)"
        minRows={2}
        value={values.notes}
        error={fields.notes}
        onChange={(event) => onChange({ notes: event.currentTarget.value })}
      />
    </>
  );
}
