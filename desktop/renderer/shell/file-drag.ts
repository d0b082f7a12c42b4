import { useEffect, useRef, useState } from 'react';

const bringsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/**
 * Files that are dragged over the window, wherever in it; anything else that is dragged is left to what is under it.
 * @param onDrop gets what was dropped while it can still be read
 * @returns whether files are over the window now
 */
export function useFileDrag(onDrop: (dropped: DataTransfer) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    const take = (event: DragEvent) => {
      event.preventDefault();
      // Before the editor, which would put the file's text where it falls.
      event.stopPropagation();
    };
    const onOver = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      take(event);
      setOver(true);
    };
    const onLeave = ({ relatedTarget }: DragEvent) => {
      // None: it left the window, not one part of it for another.
      if (!relatedTarget) setOver(false);
    };
    const onDropped = (event: DragEvent) => {
      setOver(false);
      if (!bringsFiles(event) || event.dataTransfer === null) return;
      take(event);
      latest.current(event.dataTransfer);
    };
    const capture = true;
    window.addEventListener('dragenter', onOver, capture);
    window.addEventListener('dragover', onOver, capture);
    window.addEventListener('dragleave', onLeave, capture);
    window.addEventListener('drop', onDropped, capture);
    return () => {
      window.removeEventListener('dragenter', onOver, capture);
      window.removeEventListener('dragover', onOver, capture);
      window.removeEventListener('dragleave', onLeave, capture);
      window.removeEventListener('drop', onDropped, capture);
    };
  }, []);
  return over;
}
