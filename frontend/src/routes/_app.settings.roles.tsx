// /settings/roles : who may do what
import { createFileRoute } from '@tanstack/react-router';
import { dialogSearch } from '@/app/dialog';
import { RolesPage } from '@/features/team/RolesPage';

export const Route = createFileRoute('/_app/settings/roles')({ validateSearch: dialogSearch, component: RolesPage });
