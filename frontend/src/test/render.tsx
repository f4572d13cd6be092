// Renders a component inside the theme, the query cache and a small router.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { cssVariablesResolver, makeTheme } from '@/lib/theme';

export async function show(node: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const root = createRootRoute();
  const index = createRoute({ getParentRoute: () => root, path: '/', component: () => <>{node}</> });
  const rest = createRoute({ getParentRoute: () => root, path: '$', component: () => <p>another page</p> });
  const router = createRouter({
    routeTree: root.addChildren([index, rest]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  await router.load();
  return render(
    <MantineProvider env="test" theme={makeTheme()} cssVariablesResolver={cssVariablesResolver}>
      <QueryClientProvider client={client}>
        {/* The test's router is not the registered one; its type cannot be. */}
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
