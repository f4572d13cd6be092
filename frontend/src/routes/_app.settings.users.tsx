// /settings/users : the people of the firm
import { createFileRoute } from '@tanstack/react-router';
import { UsersPage } from '@/features/team/UsersPage';

export const Route = createFileRoute('/_app/settings/users')({ component: UsersPage });
