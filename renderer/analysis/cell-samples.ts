/** Reads the samples of a cell in pages. */
import { useState } from 'react';
import type { HostParams } from '../../shared/protocol/host-api';
import type { Cell, CellSample } from '../../shared/protocol/evaluation';
import { host } from '../state/host';
import { reportProblem } from '../state/notices';
import { useAsked, type Asked } from './asked';

const PAGE = 60;

export type CellQuestion = Omit<HostParams<'cell'>, 'offset' | 'limit'>;

const askFirst = (question: CellQuestion) => host.cell({ ...question, offset: 0, limit: PAGE });

interface Later {
  key: string;
  samples: readonly CellSample[];
  asking: boolean;
}

export interface CellSamples {
  asked: Asked<Cell>;
  samples: readonly CellSample[];
  asking: boolean;
  showMore: () => void;
}

export function useCellSamples(question: CellQuestion | null): CellSamples {
  const asked = useAsked(question, askFirst);
  const key = JSON.stringify(question);
  const [later, setLater] = useState<Later>({ key, samples: [], asking: false });
  const more: Later = later.key === key ? later : { key, samples: [], asking: false };
  const samples = asked.state === 'answered' ? [...asked.value.samples, ...more.samples] : [];
  const showMore = async () => {
    if (!question || more.asking) return;
    setLater({ ...more, asking: true });
    const answer = await host.cell({ ...question, offset: samples.length, limit: PAGE });
    if (!answer.ok) reportProblem(answer.problem);
    const next = answer.ok ? answer.value.samples : [];
    setLater((now) => (now.key === key ? { key, samples: [...now.samples, ...next], asking: false } : now));
  };
  return { asked, samples, asking: more.asking, showMore: () => void showMore() };
}
