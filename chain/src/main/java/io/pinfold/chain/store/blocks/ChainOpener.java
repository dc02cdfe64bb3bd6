package io.pinfold.chain.store.blocks;

import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.segment.OpenReport;
import io.pinfold.chain.store.segment.OpenResult;
import io.pinfold.chain.store.segment.RecordVisitor;
import io.pinfold.chain.store.segment.SegmentLog;
import io.pinfold.chain.store.segment.SegmentLogConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the chain's log and builds the index from it. */
final class ChainOpener implements RecordVisitor {

    private static final Logger LOG = LoggerFactory.getLogger(ChainOpener.class);

    private final ChainIndex index = new ChainIndex();
    private long unknown;

    private ChainOpener() {}

    static Opening<SegmentChainStore> open(SegmentLogConfig config, FileSystemAccess files, RandomGenerator random) {
        ChainOpener opener = new ChainOpener();
        return switch (SegmentLog.open(config, files, random, opener)) {
            case OpenResult.Refused(OpenResult.Reason reason, String detail) -> new Opening.Refused<>(reason, detail);
            case OpenResult.Opened(SegmentLog log, OpenReport report) -> {
                report.log(LOG, config.folder());
                yield opener.unknown == 0
                        ? new Opening.Opened<>(new SegmentChainStore(log, report, opener.index))
                        : opener.refuse(log, config);
            }
        };
    }

    @Override
    public void record(long position, ByteBuffer payload) {
        ChainRecord record = ChainRecord.decode(payload);
        if (record == null) {
            unknown++;
        } else {
            index.add(record, position);
        }
    }

    private Opening<SegmentChainStore> refuse(SegmentLog log, SegmentLogConfig config) {
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Opening.Refused<>(OpenResult.Reason.NEWER_VERSION,
                config.folder() + " has " + unknown + " records of an unknown kind");
    }
}
