package io.pinfold.follower.chain;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** RPC {@code chain.range}: blocks of a branch in ascending order, each after those it merges, or blocks by CID. */
public final class ChainRangeMethod implements RpcHandler {

    private final ChainStore store;
    private final BranchReader branches;

    /** Answers from {@code store}. */
    public ChainRangeMethod(ChainStore store) {
        this.store = store;
        this.branches = new BranchReader(store);
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        return switch (RangeRequestCodec.decode(call.body())) {
            case Decoded.Refused<BlocksRequest>(Refusal refusal) ->
                RpcHandler.refused(ErrorCode.BAD_REQUEST, refusal.toString());
            case Decoded.Ok<BlocksRequest>(BlocksRequest.ByCid(List<Cid> cids)) -> byCid(cids, new Budget(answers));
            case Decoded.Ok<BlocksRequest>(BlocksRequest.Range(Cid tip, long from, int count)) -> {
                Optional<Iterator<Cid>> branch = branches.read(tip, from, count);
                yield branch.isEmpty()
                        ? RpcHandler.refused(ErrorCode.NOT_FOUND, "that branch is not here")
                        : range(branch.get(), new Budget(answers));
            }
        };
    }

    private Outcome byCid(List<Cid> cids, Budget budget) throws IOException {
        for (Cid cid : cids) {
            Optional<SignedBlock> block = store.get(cid);
            if (block.isPresent() && !budget.send(List.of(block.get()))) {
                break;
            }
        }
        return RpcHandler.done();
    }

    private Outcome range(Iterator<Cid> branch, Budget budget) throws IOException {
        while (branch.hasNext()) {
            Optional<SignedBlock> block = store.get(branch.next());
            if (block.isEmpty()) {
                break;
            }
            List<SignedBlock> merged = block.get().block().merges().stream().map(store::get).flatMap(Optional::stream).toList();
            if (merged.size() < block.get().block().merges().size()
                    || !budget.send(java.util.stream.Stream.concat(merged.stream(), block.stream()).toList())) {
                break;
            }
        }
        return RpcHandler.done();
    }

    /** What may still be sent in one answer. */
    private static final class Budget {

        private final AnswerSink answers;
        private long bytes;
        private int blocks;

        Budget(AnswerSink answers) {
            this.answers = answers;
        }

        /** Sends all of {@code group}, or nothing and says no. */
        boolean send(List<SignedBlock> group) throws IOException {
            int size = group.stream().mapToInt(block -> block.bytes().size()).sum();
            boolean first = blocks == 0;
            if (!first && (bytes + size > BlocksRequest.MAX_BYTES || blocks + group.size() > BlocksRequest.MAX_BLOCKS)) {
                return false;
            }
            for (SignedBlock block : group) {
                answers.send(block.bytes());
            }
            bytes += size;
            blocks += group.size();
            return true;
        }
    }
}
