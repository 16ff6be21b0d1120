import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MetricsPage } from './metrics-page';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/metrics.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MetricsPage />
    </StrictMode>,
  );
}
