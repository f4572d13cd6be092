// /clients/new : a new client
import { createFileRoute } from '@tanstack/react-router';
import { NewClientPage } from '@/features/clients/NewClientPage';

export const Route = createFileRoute('/_app/clients/new')({ component: NewClientPage });
