import { run } from '../demo/run.ts';
import { examine } from '../doctor/examine.ts';
import { firstToDo, lastLine, line, toJson } from '../doctor/report.ts';
import type { Io } from '../io.ts';
import { connector } from './connector.ts';
import { type ExaminationOptions, examination } from './examination.ts';
import { beginTime } from './hub.ts';

export interface DoctorOptions extends ExaminationOptions {
  json?: boolean;
}

/** Seconds that a check has; all are made at once. */
const LIMIT = 11;
/** Programs end before, so that who asked them can say so. */
const PROGRAMS = 9;

/**
 * Looks whether everything is ready for a talk, and changes nothing that an audience could see.
 * @returns the exit code: 0 when nothing keeps the speaker from the stage
 */
export async function doctor(name: string, options: DoctorOptions, io: Io): Promise<0 | 1> {
  const { clock, schedule } = beginTime();
  const connection = connector();
  try {
    const checks = examination(name, options, {
      connect: connection.to,
      run: (program, args, asked = {}) => {
        const left = (PROGRAMS - clock()) * 1000;
        if (left <= 0) return Promise.resolve({ code: 124, out: '', err: '' });
        return run(program, args, { ...asked, timeout: Math.min(left, asked.timeout ?? left) });
      },
    });
    const results = await examine(checks, {
      limit: LIMIT,
      schedule,
      onResult: (result) => {
        if (!options.json) io.out(line(result));
      },
    });
    io.out(options.json ? toJson(results, Math.round(clock() * 10) / 10) : lastLine(results));
    return firstToDo(results) ? 1 : 0;
  } finally {
    connection.close();
  }
}
