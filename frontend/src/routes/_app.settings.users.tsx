// /settings/users : the people of the firm
import { createFileRoute } from '@tanstack/react-router';
import { teamSearch } from '@/features/team/search';
import { UsersPage } from '@/features/team/UsersPage';

export const Route = createFileRoute('/_app/settings/users')({ validateSearch: teamSearch, component: UsersPage });
