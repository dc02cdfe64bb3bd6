package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.multiformats.unixfs.UnixFsStat;

/**
 * What of this machine's files and folders is imported, and what is noted of them.
 *
 * @param hidden whether entries of folders whose names begin with a dot are imported
 * @param dereference whether a symbolic link given as an argument stands for what it leads to; those within folders never do
 * @param wrap whether the arguments become entries of one folder
 * @param preserveMode whether permissions are noted
 * @param preserveMtime whether times of change are noted
 * @param stat noted of every file and folder, and of a wrapping one, where nothing is preserved
 */
public record PathOptions(boolean hidden, boolean dereference, boolean wrap, boolean preserveMode,
        boolean preserveMtime,
        UnixFsStat stat) {

    /** Neither hidden entries nor anything besides content. */
    public static final PathOptions DEFAULT = new PathOptions(false, false, false, false, false, UnixFsStat.NONE);

    /** The same with the arguments in one folder. */
    public PathOptions wrapped() {
        return new PathOptions(hidden, dereference, true, preserveMode, preserveMtime, stat);
    }
}
