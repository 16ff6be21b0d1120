import { showPage } from '../page/show-page';
import { MetricsPage } from './metrics-page';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/metrics.css';

showPage(<MetricsPage />);
