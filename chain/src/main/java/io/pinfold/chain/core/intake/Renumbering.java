package io.pinfold.chain.core.intake;

import io.pinfold.chain.IntakeEntry;
import java.util.List;

/**
 * What is to be done in the log when operations get other numbers.
 *
 * @param again the operations under their new numbers, last first: should a crash keep only some first ones, then they
 *        are the last of all, and doing those once more changes nothing
 * @param obsolete the numbers that they have in the log, to be retired once {@code again} is in it
 * @param done the numbers of operations whose block is known, to be retired
 */
record Renumbering(List<IntakeEntry> again, List<Long> obsolete, List<Long> done) {

    Renumbering {
        again = List.copyOf(again);
        obsolete = List.copyOf(obsolete);
        done = List.copyOf(done);
    }
}
