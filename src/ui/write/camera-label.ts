/** A camera move as a chip, in the model's own words: what all of them have in common says nothing there. */
export function cameraLabel(camera: string): string {
  return camera.replace(/^the camera /, '');
}
