// /settings/api-keys : keys for programs
import { createFileRoute } from '@tanstack/react-router';
import { dialogSearch } from '@/app/dialog';
import { KeysPage } from '@/features/keys/KeysPage';

export const Route = createFileRoute('/_app/settings/api-keys')({ validateSearch: dialogSearch, component: KeysPage });
