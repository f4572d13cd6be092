// Starts the application: styles, theme, cache, router.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles/fonts.css';
import './styles/base.css';
import './styles/app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchFocus } from './app/focusReturn';
import { watchPrint } from './app/print';
import { makeQueryClient } from './app/queryClient';
import { makeRouter } from './app/router';
import { Toasts } from './components/Toasts';
import { cssVariablesResolver, makeTheme } from './lib/theme';

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);
const root = document.getElementById('root');
watchPrint();
watchFocus();

if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={makeTheme()} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Toasts />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
