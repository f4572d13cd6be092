// /imports/new : upload a sheet of clients
import { createFileRoute } from '@tanstack/react-router';
import { NewImportPage } from '@/features/imports/NewImportPage';

export const Route = createFileRoute('/_app/imports/new')({ component: NewImportPage });
