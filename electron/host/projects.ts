/**
 * Owns the open projects: which file each window edits, what that file was like when it was last read or written, and
 * the untitled ones. Knows no runs and no engine.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { emptyDocument, type Document } from '../../shared/document/document';
import { loadDocument } from '../../shared/document/load';
import type { HostAnswers, HostParams, OpenProject } from '../../shared/protocol/host-api';
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
import type { Recents } from './recents';
import { withAbsolutePaths } from './sources';

export interface Session {
  readonly id: string;
  /** The document's own id: names its autosave and its runs. */
  documentId: string;
  name: string;
  path: string | null;
  /** Relative paths of its data are resolved against it. */
  folder: string;
  stamp: FileStamp | null;
}

const withoutExtension = (name: string): string => projectName(name.replace(/\\/g, '/'));

export class Projects {
  private readonly sessions = new Map<string, Session>();
  readonly autosaves: Autosaves;

  constructor(
    private readonly folders: HostFolders,
    private readonly version: string,
    private readonly boundary: Boundary,
    private readonly recents: Recents,
    /** Where untitled projects look for relative paths. */
    private readonly home: string,
  ) {
    this.autosaves = new Autosaves(folders);
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
    const { document, stamp } = read.value;
    const session = this.remember(document, {
      name: projectName(admitted.value),
      path: admitted.value,
      folder: path.dirname(admitted.value),
      stamp,
    });
    await this.recents.add(admitted.value);
    const newer = await this.autosaves.newerThan(document.id, admitted.value, stamp.modified);
    return ok({
      ...this.shown(session, document),
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
    const session = this.remember(document, {
      name: place.name,
      path: place.path,
      folder: place.folder,
      stamp: place.stamp,
    });
    return ok({ ...this.shown(session, document), savedAt: null });
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
    const written = await writeDocument(file, { ...document, app: this.version });
    if (!written.ok) return written;
    await this.autosaves.remove(session.documentId);
    session.documentId = document.id;
    session.path = file;
    session.name = projectName(file);
    session.folder = path.dirname(file);
    session.stamp = written.value;
    await this.recents.add(file);
    return ok({ path: file, name: session.name, savedAt: written.value.modified });
  }

  async autosave({ project, document }: HostParams<'autosave'>): Promise<Result<{ savedAt: number }>> {
    const found = this.session(project);
    if (!found.ok) return found;
    const { name, path: file, folder, stamp } = found.value;
    const time = Date.now();
    found.value.documentId = document.id;
    const kept = await this.autosaves.keep(document, { name, path: file, folder, stamp, time });
    return kept.ok ? ok({ savedAt: time }) : kept;
  }

  /** The window asked about unsaved changes before: what is not saved now is not wanted. */
  async close(project: string): Promise<void> {
    const session = this.sessions.get(project);
    if (!session) return;
    this.sessions.delete(project);
    await this.autosaves.remove(session.documentId);
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
    return this.shown(this.remember(document, { name, path: null, folder, stamp: null }), document);
  }

  private remember(document: Document, place: Omit<Session, 'id' | 'documentId'>): Session {
    const session: Session = { id: randomUUID(), documentId: document.id, ...place };
    this.sessions.set(session.id, session);
    return session;
  }

  private shown(session: Session, document: Document): OpenProject {
    return {
      project: session.id,
      name: session.name,
      path: session.path,
      document,
      savedAt: session.stamp?.modified ?? null,
    };
  }
}
