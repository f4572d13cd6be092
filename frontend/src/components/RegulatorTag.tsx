// Who asks for a filing. What a firm asks of itself says that it is not law, wherever it is shown.
export const INTERNAL = 'INTERNAL';

/** The regulator in words: "RBI", or "Internal, not law". */
export function regulatorWords(tag: string): string {
  return tag === INTERNAL ? 'Internal, not law' : tag;
}

export function RegulatorTag({ tag }: { tag: string }) {
  return (
    <span className="z-tag" data-internal={tag === INTERNAL || undefined}>
      {regulatorWords(tag)}
    </span>
  );
}
