// /settings/roles : who may do what
import { createFileRoute } from '@tanstack/react-router';
import { RolesPage } from '@/features/team/RolesPage';

export const Route = createFileRoute('/_app/settings/roles')({ component: RolesPage });
