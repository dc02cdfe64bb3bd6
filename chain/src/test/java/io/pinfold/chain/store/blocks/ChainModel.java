package io.pinfold.chain.store.blocks;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a chain store is meant to be: a map of blocks and a head. */
final class ChainModel {

    final Map<Cid, SignedBlock> blocks = new LinkedHashMap<>();
    Optional<ChainPoint> head = Optional.empty();

    void append(List<SignedBlock> more, ChainPoint newHead) {
        more.forEach(block -> blocks.putIfAbsent(block.cid(), block));
        head = Optional.of(newHead);
    }

    List<SignedBlock> branch() {
        List<SignedBlock> branch = new ArrayList<>();
        SignedBlock block = head.map(point -> blocks.get(point.cid())).orElse(null);
        while (block != null) {
            branch.addFirst(block);
            block = blocks.get(block.block().prev());
        }
        return branch;
    }

    List<SignedBlock> orphans() {
        List<SignedBlock> branch = branch();
        return blocks.values().stream().filter(block -> !branch.contains(block)).toList();
    }

    SignedBlock get(Cid cid) {
        return Objects.requireNonNull(blocks.get(cid));
    }

    static ChainPoint point(SignedBlock block) {
        return new ChainPoint(block.height(), block.cid());
    }
}
