// /rules/internal/new : write an internal return
import { createFileRoute } from '@tanstack/react-router';
import { NewInternalPage } from '@/features/rules/NewInternalPage';

export const Route = createFileRoute('/_app/rules/internal/new')({ component: NewInternalPage });
