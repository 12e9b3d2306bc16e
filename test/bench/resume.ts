/** Kills training processes at random moments, lets the runs go on, and compares them with one that was left alone. */
import { digitsNetwork, Place, removeBundle } from '../engine/process/engine-process';
import { killAndResume } from '../engine/process/killed';

/** The argument is how many times; 20. */
export async function bench([times]: readonly string[]): Promise<boolean> {
  const place = new Place();
  try {
    const drawing = (await digitsNetwork(place.folder)).set('train', 'epochs', 30);
    const runs = await killAndResume(place, drawing, Number(times) || 20, ({ after, from, same }) =>
      console.log(
        `killed after ${String(after).padStart(5)} ms, went on from ${from ?? 'the beginning'}: ${same ? 'the same losses and weights, bit for bit' : 'OTHER NUMBERS'}`,
      ),
    );
    const good = runs.filter(({ same }) => same).length;
    console.log(`${good} of ${runs.length} runs ended as if they had never stopped`);
    return good === runs.length;
  } finally {
    place.remove();
    removeBundle();
  }
}
