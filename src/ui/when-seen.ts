/** An attachment that tells once when its element is about to be seen. */
export function whenSeen(onSeen: () => void): (element: HTMLElement) => () => void {
  return (element) => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        onSeen();
      },
      { rootMargin: '50%' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };
}
