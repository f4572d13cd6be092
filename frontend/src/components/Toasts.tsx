// Where results of your own actions appear: bottom right, at most three, announced as status. Loaded with the first toast.
import { lazy, Suspense, useEffect, useState } from 'react';
import { onFirstToast } from '@/lib/notify';

const ToastHost = lazy(() => import('./ToastHost'));

export function Toasts() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => onFirstToast(() => setWanted(true)), []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <ToastHost />
    </Suspense>
  );
}
