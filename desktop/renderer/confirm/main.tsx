import { createRoot } from 'react-dom/client';
import '../theme/base.css';
import '../components/parts.css';
import { Confirm } from './confirm.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Confirm />);
