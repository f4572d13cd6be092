// Which rows of how many, page buttons, and rows per page. Plain buttons: the first load stays small.
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { formatCount } from '@/lib/format';
import classes from './Pager.module.css';

type Props = {
  page: number;
  perPage: number;
  total: number;
  onPage: (page: number) => void;
  onPerPage?: (perPage: number) => void;
};

const SIZES = [25, 50, 100, 200];

export function Pager({ page, perPage, total, onPage, onPerPage }: Props) {
  const first = total === 0 ? 0 : (page - 1) * perPage + 1;
  const last = Math.min(total, page * perPage);
  const pages = Math.max(1, Math.ceil(total / perPage));
  return (
    <>
      <span className="num" aria-live="polite">
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </span>
      {onPerPage && total > 25 && (
        <select
          className={classes.select}
          aria-label="Rows per page"
          value={perPage}
          onChange={(event) => onPerPage(Number(event.currentTarget.value))}
        >
          {SIZES.map((size) => (
            <option key={size} value={size}>
              {size} rows
            </option>
          ))}
        </select>
      )}
      {pages > 1 && (
        <nav className={classes.pages} aria-label="Pages">
          <button
            type="button"
            className={classes.page}
            aria-label="Previous page"
            disabled={page <= 1}
            onClick={() => onPage(page - 1)}
          >
            <IconChevronLeft size={14} aria-hidden="true" />
          </button>
          {around(page, pages).map((number, index) =>
            number === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a gap has no identity of its own
              <span key={`gap-${index}`} aria-hidden="true">
                …
              </span>
            ) : (
              <button
                type="button"
                key={number}
                className={classes.page}
                aria-label={`Page ${number}`}
                aria-current={number === page ? 'page' : undefined}
                onClick={() => onPage(number)}
              >
                {number}
              </button>
            ),
          )}
          <button
            type="button"
            className={classes.page}
            aria-label="Next page"
            disabled={page >= pages}
            onClick={() => onPage(page + 1)}
          >
            <IconChevronRight size={14} aria-hidden="true" />
          </button>
        </nav>
      )}
    </>
  );
}

/** First, last and the neighbours of the current page; null marks a gap. */
export function around(page: number, pages: number): (number | null)[] {
  const wanted = [...new Set([1, page - 1, page, page + 1, pages])]
    .filter((n) => n >= 1 && n <= pages)
    .sort((a, b) => a - b);
  return wanted.flatMap((n, i) => (i > 0 && n - (wanted[i - 1] ?? n) > 1 ? [null, n] : [n]));
}
