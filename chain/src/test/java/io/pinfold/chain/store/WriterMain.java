package io.pinfold.chain.store;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Writes to all three stores until it is killed, and prints what is durable as soon as it is. */
final class WriterMain {

    private WriterMain() {}

    public static void main(String[] arguments) {
        RandomGenerator random = new SplittableRandom(Long.parseLong(arguments[1]));
        System.out.println("opening");
        StoreRig rig = new StoreRig(Path.of(arguments[0]));
        rig.catchUp();
        while (true) {
            ChainPoint head = rig.head();
            if (head.height() > 5 && random.nextInt(20) == 0) {
                long fork = head.height() - 1 - random.nextInt(4);
                rig.pins.rewind(fork);
                List<SignedBlock> branch = rig.grow(new ChainPoint(fork, rig.chain.cidAt(fork).orElseThrow()), 2,
                        (int) (head.height() - fork) + 1, random);
                append(rig, branch);
                rig.catchUp();
            } else {
                SignedBlock block = rig.grow(head, 1, 1, random).getFirst();
                long seq = block.height();
                rig.intake.append(List.of(StoreRig.entry(seq, block.block().ops().getFirst())));
                System.out.println("intake " + seq + " " + block.block().ops().getFirst());
                append(rig, List.of(block));
                rig.intake.retire(seq);
                rig.pins.apply(StoreRig.effect(rig.pins.mark(), block));
            }
        }
    }

    private static void append(StoreRig rig, List<SignedBlock> blocks) {
        SignedBlock last = blocks.getLast();
        rig.chain.append(blocks, new ChainPoint(last.height(), last.cid()));
        for (SignedBlock block : blocks) {
            System.out.println("block " + block.cid());
        }
        System.out.println("head " + last.cid());
    }
}
