// Says that there is no connection and how old the page is.
import { IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { formatTime } from '@/lib/format';

export function OfflineBar() {
  const [since, setSince] = useState<string | null>(() => (navigator.onLine ? null : new Date().toISOString()));
  useEffect(() => {
    const off = () => setSince(new Date().toISOString());
    const on = () => setSince(null);
    window.addEventListener('offline', off);
    window.addEventListener('online', on);
    return () => {
      window.removeEventListener('offline', off);
      window.removeEventListener('online', on);
    };
  }, []);
  if (!since) return null;
  return (
    <div className="z-notice" data-tone="warn" role="status">
      <IconWifiOff size={16} aria-hidden="true" />
      <p>No connection. Showing what was loaded before {formatTime(since)}.</p>
    </div>
  );
}
