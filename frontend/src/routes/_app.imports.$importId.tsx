// /imports/7 : one import, from column mapping to undo
import { createFileRoute } from '@tanstack/react-router';
import { ImportPage } from '@/features/imports/ImportPage';

export const Route = createFileRoute('/_app/imports/$importId')({ component: ImportPage });
