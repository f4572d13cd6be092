// /settings/api-keys : keys for programs
import { createFileRoute } from '@tanstack/react-router';
import { KeysPage } from '@/features/keys/KeysPage';

export const Route = createFileRoute('/_app/settings/api-keys')({ component: KeysPage });
