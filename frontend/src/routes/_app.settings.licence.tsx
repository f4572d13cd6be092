// /settings/licence : Licence & plan
import { createFileRoute } from '@tanstack/react-router';
import { LicencePage } from '@/features/licence/LicencePage';

export const Route = createFileRoute('/_app/settings/licence')({ component: LicencePage });
