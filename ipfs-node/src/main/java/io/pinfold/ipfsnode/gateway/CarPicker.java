package io.pinfold.ipfsnode.gateway;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.dag.Links;
import io.pinfold.ipfsnode.dag.Seen;
import io.pinfold.ipfsnode.dag.Walk;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.read.EntityBlocks;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.car.CarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes one archive: depth first, a block before its links; blocks that their CIDs hold are left out. Used once. */
final class CarPicker {

    /** Blocks of an archive without duplicates, and so the memory for telling them. */
    private static final int MAX_BLOCKS = Walk.DEFAULT_MAX_BLOCKS;

    private final BlockReader blocks;
    private final CarPlan plan;
    private final CarWriter writer;
    private final Seen seen = new Seen();
    private final Seen whole = new Seen();
    private long written;

    CarPicker(BlockReader blocks, CarPlan plan, OutputStream out) throws IOException {
        this.blocks = blocks;
        this.plan = plan;
        writer = new CarWriter(out, plan.roots());
    }

    Outcome<Long> run() throws IOException {
        try {
            return Outcome.attempt(() -> {
                for (Cid cid : plan.path()) {
                    get(cid, isDue(cid));
                }
                if (plan.found()) {
                    pick(plan.target());
                }
                return written;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void pick(Cid target) throws UnixFsException {
        switch (plan.wish().scope()) {
            case BLOCK -> get(target, isDue(target));
            case ENTITY ->
                EntityBlocks.get(cid -> find(cid, isDue(cid)), target, plan.wish().bytes().orElse(ByteSpan.WHOLE),
                        this::isKnownWholly)
                        .orFail();
            case ALL -> all(target);
        }
    }

    private void all(Cid root) throws UnixFsException {
        Deque<Cid> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Cid cid = waiting.pop();
            if (!isDue(cid)) {
                continue;
            }
            List<Cid> links = switch (Links.all(new Block(cid, get(cid, true)))) {
                case Decoded.Ok<List<Cid>>(List<Cid> ok) -> ok;
                case Decoded.Refused<List<Cid>>(Refusal refusal) ->
                    throw new UnixFsException(Problem.MALFORMED, cid + ": " + refusal);
            };
            if (waiting.size() + links.size() > Walk.MAX_WAITING) {
                throw new UnixFsException(Problem.TOO_MANY, "more than " + Walk.MAX_WAITING + " links wait");
            }
            links.reversed().forEach(waiting::push);
        }
    }

    private Bytes get(Cid cid, boolean due) throws UnixFsException {
        return switch (find(cid, due)) {
            case Found.Present(Bytes data) -> data;
            case Found.Absent() -> throw new UnixFsException(Problem.MISSING, "block " + cid + " is not here");
            case Found.Damaged(String detail) -> throw new UnixFsException(Problem.DAMAGED, cid + ": " + detail);
        };
    }

    /** Finds a block, and writes it if it is due. */
    private Found find(Cid cid, boolean due) {
        Found found = blocks.find(cid);
        if (due && found instanceof Found.Present(Bytes data) && cid.hash().code() != Multicodec.IDENTITY) {
            try {
                writer.write(new Block(cid, data));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written++;
        }
        return found;
    }

    /** Whether all below a node of a file is in the archive already; else it will be before the next one is looked at. */
    private boolean isKnownWholly(Cid cid) {
        return !plan.wish().duplicates() && whole.meet(cid, 0) != Seen.Meeting.NEW;
    }

    /** Whether a block belongs into the archive now: always with duplicates, else for the first time. */
    private boolean isDue(Cid cid) {
        if (plan.wish().duplicates()) {
            return true;
        }
        if (seen.size() == MAX_BLOCKS) {
            throw new UncheckedIOException(new IOException("an archive of more than " + MAX_BLOCKS + " blocks"));
        }
        return seen.meet(cid, 0) == Seen.Meeting.NEW;
    }
}
