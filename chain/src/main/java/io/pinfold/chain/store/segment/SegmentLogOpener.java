package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.file.FolderLock;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Opens a log: takes the folder, walks the segments, and undoes everything if that cannot be done. */
final class SegmentLogOpener {

    private final SegmentLogConfig config;
    private final FileSystemAccess files;
    private final RandomGenerator random;

    SegmentLogOpener(SegmentLogConfig config, FileSystemAccess files, RandomGenerator random) {
        this.config = config;
        this.files = files;
        this.random = random;
    }

    OpenResult open(RecordVisitor visitor) {
        Optional<FolderLock> lock;
        try {
            lock = FolderLock.acquire(config.folder());
        } catch (IOException e) {
            return refused(e);
        }
        if (lock.isEmpty()) {
            return new OpenResult.Refused(OpenResult.Reason.IN_USE, config.folder() + " is in use");
        }
        return open(lock.get(), visitor);
    }

    private OpenResult open(FolderLock lock, RecordVisitor visitor) {
        SegmentWalk walk = new SegmentWalk(config, new SegmentFolder(config.folder(), files), visitor);
        boolean opened = false;
        try {
            Optional<OpenResult.Refused> refusal = walk.walk();
            if (refusal.isPresent()) {
                return refusal.get();
            }
            SegmentLog log = new SegmentLog(config, files, random, lock, walk.segments());
            opened = true;
            return new OpenResult.Opened(log, walk.report());
        } catch (IOException e) {
            return refused(e);
        } finally {
            if (!opened) {
                walk.close();
                close(lock);
            }
        }
    }

    private static void close(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("a lock could not be given back", e);
        }
    }

    private static OpenResult refused(IOException error) {
        return new OpenResult.Refused(OpenResult.Reason.IO_ERROR, error.toString());
    }
}
