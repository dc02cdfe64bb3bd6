package io.pinfold.chain.core;

import io.pinfold.multiformats.PeerId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sequence numbers applied on a branch up to some block, by author. Immutable.
 *
 * <p>A block is an ancestor or merged by one exactly when its author's ranges contain its number, so this alone says
 * that each block counts once.
 */
public record AppliedSequences(SortedMap<PeerId, SeqRanges> byAuthor) {

    /** Nothing applied. */
    public static final AppliedSequences NONE = new AppliedSequences(Collections.emptySortedMap());

    /** Copies the map. */
    public AppliedSequences {
        byAuthor = Collections.unmodifiableSortedMap(new TreeMap<>(byAuthor));
    }

    /** Whether the block with number {@code seq} of {@code author}, whichever it is, is applied. */
    public boolean contains(PeerId author, long seq) {
        return of(author).contains(seq);
    }

    /** The numbers of {@code author}. */
    public SeqRanges of(PeerId author) {
        return byAuthor.getOrDefault(author, SeqRanges.NONE);
    }

    /** These and the number {@code seq} of {@code author}, which is not among them. */
    public AppliedSequences plus(PeerId author, long seq) {
        SortedMap<PeerId, SeqRanges> next = new TreeMap<>(byAuthor);
        next.put(author, of(author).plus(seq));
        return new AppliedSequences(next);
    }
}
