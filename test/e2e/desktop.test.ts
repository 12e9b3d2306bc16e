/** The desktop application in a real Electron on the real engine, as `npm run desktop` starts it. */
import { journey } from './desktop-journey';

journey('the desktop application', () => Promise.resolve({ executable: null }));
