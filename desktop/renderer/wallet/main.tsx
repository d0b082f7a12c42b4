import { createRoot } from 'react-dom/client';
import '../theme/base.css';
import '../components/parts.css';
import '../confirm/confirm.css';
import { openRequest } from './signer.ts';
import { Wallet } from './wallet.tsx';

// The token opens this page once; it does not stay in the browser's history.
const token = location.hash.slice(1);
history.replaceState(null, '', '/');
const root = document.getElementById('root');
if (root) createRoot(root).render(<Wallet request={openRequest(token)} />);
