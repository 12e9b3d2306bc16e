/** The folders that a host is given. It looks nowhere else by itself. */
export interface HostFolders {
  /** What belongs to the person: recents, autosaves, runs of unsaved projects. */
  data: string;
  /** Prepared data sets; can be deleted at any time. */
  cache: string;
  /** The example projects. */
  examples: string;
}
