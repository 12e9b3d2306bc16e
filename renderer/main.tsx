/** The window's entry: styles in their order, the two providers, and the application. */
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './theme/mantine.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/mantine-tokens.css';
import { App } from './app/app';
import { mantineTheme, mantineVariables } from './theme/mantine';
import { useTheme } from './theme/theme';

function Window() {
  const theme = useTheme((state) => state.theme);
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={mantineVariables} forceColorScheme={theme}>
      <App />
    </MantineProvider>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Window />
  </StrictMode>,
);
