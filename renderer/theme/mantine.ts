/** Owns how Mantine's components take the tokens: they must not be recognisable as a second design. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#e6e9ff',
  '#c9d0ff',
  '#b1baff',
  '#98a5ff',
  '#7b89f2',
  '#5a68e0',
  '#4d5bd6',
  '#4451d3',
  '#3f4bcb',
  '#303aa8',
];

export const mantineTheme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  colors: { indigo },
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 6,
  cursorType: 'default',
  respectReducedMotion: true,
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '20px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 500,
        withArrow: false,
        transitionProps: { duration: 90 },
        multiline: true,
        maw: 320,
      },
    },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 0 },
        shadow: 'lg',
        radius: 8,
        position: 'bottom-start',
        offset: 6,
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 90 }, shadow: 'lg', radius: 12 } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        radius: 12,
        centered: true,
        overlayProps: { backgroundOpacity: 0.5 },
      },
    },
    Select: { defaultProps: { size: 'xs', allowDeselect: false, checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
  },
});

const tokens = {
  '--mantine-color-body': 'var(--block)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--sunken)',
  '--mantine-color-default-hover': 'var(--raised)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-error': 'var(--error)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-primary-color-filled': 'var(--accent-fill)',
  '--mantine-primary-color-filled-hover': 'var(--accent-fill-hover)',
  '--mantine-shadow-lg': 'var(--shadow-3)',
  '--mantine-shadow-md': 'var(--shadow-2)',
};

export const mantineVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });
