/** How far it is with data that take longer than a moment: a bar, and about how long it will still take. */
import type { ReadingProgress } from '../../shared/protocol/reading';
import { EpochBar } from './epoch-bar';
import { durationText } from '../training/figures';

export function ReadingBar({ progress: { message, share, secondsLeft } }: { progress: ReadingProgress }) {
  return (
    <>
      <div className="row g12 s12">
        <span className="ink2">{message}</span>
        <span className="grow" />
        <span className="num ink2">
          {secondsLeft === undefined
            ? `${Math.floor(100 * share)}\u2009%`
            : `about ${durationText(secondsLeft)} left`}
        </span>
      </div>
      <EpochBar of="reading" done={share} epochs={1} />
    </>
  );
}
