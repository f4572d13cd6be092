// The ten recovery codes, shown this once: copy, download, and a way on.
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { done } from '@/lib/notify';
import classes from './SecondFactor.module.css';

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const text = `ZippCRM recovery codes\nEach works once, instead of a code of your app.\n\n${codes.join('\n')}\n`;
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    done('Recovery codes copied.');
  };
  return (
    <section className="z-stack-lg" aria-labelledby="recovery">
      <div className="z-stack">
        <h2 id="recovery" ref={head} tabIndex={-1}>
          Keep your recovery codes
        </h2>
        <p>
          Your second factor is on. These ten codes let you in when your phone is gone. Each works once. We show them
          only now.
        </p>
      </div>
      <ul className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="z-row-wrap">
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="zippcrm-recovery-codes.txt"
        >
          Download
        </Button>
        <Button variant="default" onClick={() => void copy()}>
          Copy
        </Button>
        <Button onClick={onDone}>I have kept them</Button>
      </div>
    </section>
  );
}
