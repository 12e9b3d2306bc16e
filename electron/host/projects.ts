/**
 * Owns the open projects: which file each window edits, what that file was like when it was last read or written, and
 * the untitled ones. Knows no runs and no engine.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { emptyDocument, type Document } from '../../shared/document/document';
import { loadDocument } from '../../shared/document/load';
import type { HostAnswers, HostParams, OpenProject, Recovery } from '../../shared/protocol/host-api';
import { fail, ok, type Result } from '../../shared/result';
import { Autosaves } from './autosaves';
import type { Boundary } from './boundary';
import {
  EXTENSION,
  hasChanged,
  projectName,
  readDocument,
  writeDocument,
  type FileStamp,
} from './document-file';
import { readExample } from './examples';
import type { HostFolders } from './folders';
import { removeLeftBehind } from './part-files';
import type { Presence } from './presence';
import type { Recents } from './recents';
import { withAbsolutePaths } from './sources';

/** What runs need to know of a project. */
export interface ProjectPlace {
  /** The document's own id: names its autosave and its runs. */
  documentId: string;
  name: string;
  path: string | null;
  /** Relative paths of its data are resolved against it. */
  folder: string;
}

export interface Session extends ProjectPlace {
  readonly id: string;
  stamp: FileStamp | null;
  /** What its window told last, for a window that has to be loaded again. */
  latest: Document;
  /** What was told last is not in the file. */
  unsaved: boolean;
  /** The name of its copy in the data folder, once there is one. */
  copy: string | null;
}

type Place = Pick<Session, 'name' | 'path' | 'folder' | 'stamp'>;

const withoutExtension = (name: string): string => projectName(name.replace(/\\/g, '/'));

export class Projects {
  private readonly sessions = new Map<string, Session>();
  readonly autosaves: Autosaves;

  constructor(
    private readonly folders: HostFolders,
    private readonly version: string,
    private readonly boundary: Boundary,
    private readonly recents: Recents,
    private readonly presence: Presence,
    /** Where untitled projects look for relative paths. */
    private readonly home: string,
  ) {
    this.autosaves = new Autosaves(folders, presence);
  }

  session(project: string): Result<Session> {
    const session = this.sessions.get(project);
    return session
      ? ok(session)
      : fail(
          'project/not-open',
          'This project is not open any more, perhaps because Axonry was restarted. Open it again.',
        );
  }

  create(): OpenProject {
    return this.untitled('Untitled', emptyDocument(randomUUID(), this.version));
  }

  /** An untitled copy with an id of its own. Paths of data that lie beside the example become absolute. */
  async openExample(name: string): Promise<Result<OpenProject>> {
    const example = await readExample(this.folders, name);
    if (!example.ok) return example;
    const document = await withAbsolutePaths(
      { ...example.value.document, id: randomUUID() },
      this.folders.examples,
    );
    return ok(this.untitled(example.value.title, document, this.folders.examples));
  }

  openText({ name, text }: HostParams<'openText'>): Result<OpenProject> {
    const document = loadDocument(text, name);
    return document.ok ? ok(this.untitled(withoutExtension(name), document.value)) : document;
  }

  async openFile(file: string): Promise<Result<OpenProject>> {
    const admitted = await this.boundary.admit(file);
    if (!admitted.ok) return admitted;
    const read = await readDocument(admitted.value);
    if (!read.ok) return read;
    void removeLeftBehind(admitted.value);
    const { document, stamp } = read.value;
    const isOpen = await this.isOpen(admitted.value);
    const session = this.remember(document, {
      name: projectName(admitted.value),
      path: admitted.value,
      folder: path.dirname(admitted.value),
      stamp,
    });
    await this.recents.add(admitted.value);
    const newer = await this.autosaves.newerThan(admitted.value, stamp.modified);
    return ok({
      ...this.shown(session),
      ...(isOpen ? { alsoOpen: true } : {}),
      ...(newer ? { newerAutosave: { recovery: newer.recovery, time: newer.time } } : {}),
    });
  }

  /** Opens what a crash left, unsaved. The file that it belongs to is not touched before it is saved. */
  async openRecovery(recovery: string): Promise<Result<OpenProject>> {
    const kept = await this.autosaves.open(recovery);
    if (!kept.ok) return kept;
    const { document, place } = kept.value;
    if (place.path !== null) {
      const admitted = await this.boundary.admit(place.path);
      if (!admitted.ok) return admitted;
    }
    const { name, path: file, folder, stamp, time } = place;
    const session = this.remember(document, { name, path: file, folder, stamp });
    session.unsaved = true;
    session.copy = recovery;
    return ok({ ...this.shown(session), savedAt: null, recovered: { time } });
  }

  /** As its window told it last: for a window that had to be loaded again. */
  resume(project: string): Result<OpenProject> {
    const session = this.session(project);
    return session.ok ? ok(this.shown(session.value)) : session;
  }

  /** What a crash left and no file has overtaken: it is to be opened again without being asked for. */
  async leftBehind(): Promise<Recovery[]> {
    const left: Recovery[] = [];
    for (const recovery of await this.autosaves.list()) {
      const written = recovery.path === null ? null : await fs.stat(recovery.path).catch(() => null);
      if (written === null || written.mtimeMs < recovery.time) left.push(recovery);
    }
    return left;
  }

  async save({
    project,
    document,
    path: target,
    overwrite,
  }: HostParams<'saveProject'>): Promise<Result<HostAnswers['saveProject']>> {
    const found = this.session(project);
    if (!found.ok) return found;
    const session = found.value;
    const destination = await this.destination(session, target);
    if (!destination.ok) return destination;
    const file = destination.value;
    if (overwrite !== true) {
      const refusal = await this.mayReplace(session, file);
      if (!refusal.ok) return refusal;
    }
    const written = await writeDocument(file, { ...document, app: this.version }, async () =>
      overwrite === true ? ok(undefined) : this.mayReplace(session, file),
    );
    if (!written.ok) return written;
    await this.dropCopy(session);
    session.documentId = document.id;
    session.path = file;
    session.name = projectName(file);
    session.folder = path.dirname(file);
    session.stamp = written.value;
    session.latest = document;
    session.unsaved = false;
    await this.tellOthers();
    await this.recents.add(file);
    return ok({ path: file, name: session.name, savedAt: written.value.modified });
  }

  async autosave({ project, document }: HostParams<'autosave'>): Promise<Result<{ savedAt: number }>> {
    const found = this.session(project);
    if (!found.ok) return found;
    const session = found.value;
    session.documentId = document.id;
    session.latest = document;
    session.unsaved = true;
    return this.keepCopy(session);
  }

  /** So that a project without a file, and with it the runs that are known by it, is found again after a crash. */
  async keepUntitled(session: Session, document: Document): Promise<void> {
    session.latest = document;
    if (session.path === null) await this.keepCopy(session);
  }

  /** The window asked about unsaved changes before: what is not saved now is not wanted. */
  async close(project: string): Promise<void> {
    const session = this.sessions.get(project);
    if (!session) return;
    this.sessions.delete(project);
    await this.dropCopy(session);
    await this.tellOthers();
  }

  private async keepCopy(session: Session): Promise<Result<{ savedAt: number }>> {
    const { name, path: file, folder, stamp, latest } = session;
    const time = Date.now();
    session.copy ??= await this.autosaves.claim(session.documentId, session.id);
    const kept = await this.autosaves.keep(session.copy, latest, { name, path: file, folder, stamp, time });
    return kept.ok ? ok({ savedAt: time }) : kept;
  }

  private async dropCopy(session: Session): Promise<void> {
    const { copy } = session;
    session.copy = null;
    if (copy !== null) await this.autosaves.remove(copy);
  }

  private get files(): string[] {
    return [...this.sessions.values()].flatMap(({ path: file }) => file ?? []);
  }

  private tellOthers(): Promise<void> {
    return this.presence.show(this.files);
  }

  /** In another window, or in another Axonry. */
  private async isOpen(file: string): Promise<boolean> {
    return (
      this.files.includes(file) || (await this.presence.others()).some(({ files }) => files.includes(file))
    );
  }

  private async destination(session: Session, target: string | undefined): Promise<Result<string>> {
    if (target === undefined) {
      return session.path === null
        ? fail('project/no-path', `${session.name} has no file yet. Choose where to save it.`)
        : ok(session.path);
    }
    return this.boundary.admit(target.toLowerCase().endsWith(EXTENSION) ? target : `${target}${EXTENSION}`);
  }

  private async mayReplace(session: Session, file: string): Promise<Result<void>> {
    if (session.path === file && session.stamp) {
      return (await hasChanged(file, session.stamp))
        ? fail(
            'project/changed-on-disk',
            `${file} was changed by another program since it was opened here. Save under another name, or overwrite that change.`,
          )
        : ok(undefined);
    }
    const present = await fs.stat(file).then(
      (stat) => stat.isFile(),
      () => false,
    );
    return present
      ? fail('project/exists', `${file} is already there. Save under another name, or overwrite it.`)
      : ok(undefined);
  }

  private untitled(name: string, document: Document, folder = this.home): OpenProject {
    return this.shown(this.remember(document, { name, path: null, folder, stamp: null }));
  }

  private remember(document: Document, place: Place): Session {
    const session: Session = {
      id: randomUUID(),
      documentId: document.id,
      ...place,
      latest: document,
      unsaved: false,
      copy: null,
    };
    this.sessions.set(session.id, session);
    void this.tellOthers();
    return session;
  }

  private shown({ id, name, path: file, latest, stamp, unsaved }: Session): OpenProject {
    return {
      project: id,
      name,
      path: file,
      document: latest,
      savedAt: stamp?.modified ?? null,
      ...(unsaved ? { unsaved: true } : {}),
    };
  }
}
