import { Component, type ReactNode } from 'react';
import { Screen } from '../components/parts.tsx';

interface Props {
  readonly children: ReactNode;
}

/** A screen that fails to draw takes only itself down: the rail, the guardian's button and every other screen stay. */
export class Boundary extends Component<Props, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <Screen crumb="Window" title="This screen can’t be shown">
        <div className="failure" role="alert">
          <h3>{message}</h3>
          <p>Nothing was sent. Every other screen still works; opening this one again tries once more.</p>
        </div>
      </Screen>
    );
  }
}
