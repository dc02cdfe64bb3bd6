package io.pinfold.ipfsnode.view;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfsnode.unixfs.read.FolderItem;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Files and folders. */
public interface FileView {

    /** The CID behind {@code path}, which begins with {@code /ipfs/} or {@code /ipns/}. Symbolic links are not followed. */
    Answer<Cid> resolve(String path, Reach reach);

    /** What is at {@code cid}. */
    Answer<UnixFsEntry> entry(Cid cid, Reach reach);

    /** Hands the entries of a folder to {@code each} and gives the folder; a failure may come after some entries. */
    Answer<UnixFsEntry> list(Cid folder, Reach reach, Consumer<FolderItem> each);

    /**
     * Writes a part of a file.
     *
     * @param from the first byte; {@code to} the one behind the last. What is beyond the file's end is left out.
     * @return the file; a failure may come after some bytes
     * @throws IOException if the stream fails, or the thread is interrupted
     */
    Answer<UnixFsEntry> cat(Cid file, long from, long to, Reach reach, OutputStream out) throws IOException;
}
