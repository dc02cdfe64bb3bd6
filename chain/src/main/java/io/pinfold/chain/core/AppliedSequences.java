package io.pinfold.chain.core;

import io.pinfold.multiformats.PeerId;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sequence numbers applied on a branch up to some block, by author. Immutable.
 *
 * <p>A block is an ancestor or merged by one exactly when its author's ranges contain its number, so this alone says
 * that each block counts once. Successive values share what did not change.
 */
public final class AppliedSequences {

    /** Nothing applied. */
    public static final AppliedSequences NONE = new AppliedSequences(new PeerId[0], new SeqRanges[0]);

    /** Ascending, each with the ranges of the same index. */
    private final PeerId[] authors;
    private final SeqRanges[] ranges;

    private AppliedSequences(PeerId[] authors, SeqRanges[] ranges) {
        this.authors = authors;
        this.ranges = ranges;
    }

    /** The numbers of {@code byAuthor}. */
    public static AppliedSequences of(Map<PeerId, SeqRanges> byAuthor) {
        SortedMap<PeerId, SeqRanges> sorted = new TreeMap<>(byAuthor);
        return new AppliedSequences(sorted.keySet().toArray(PeerId[]::new),
                sorted.values().toArray(SeqRanges[]::new));
    }

    /** The numbers by author. */
    public SortedMap<PeerId, SeqRanges> byAuthor() {
        SortedMap<PeerId, SeqRanges> map = new TreeMap<>();
        for (int i = 0; i < authors.length; i++) {
            map.put(authors[i], ranges[i]);
        }
        return Collections.unmodifiableSortedMap(map);
    }

    /** Whether the block with number {@code seq} of {@code author}, whichever it is, is applied. */
    public boolean contains(PeerId author, long seq) {
        return of(author).contains(seq);
    }

    /** The numbers of {@code author}. */
    public SeqRanges of(PeerId author) {
        int at = indexOf(author);
        return at < 0 ? SeqRanges.NONE : ranges[at];
    }

    /** These and the number {@code seq} of {@code author}, which is not among them. */
    public AppliedSequences plus(PeerId author, long seq) {
        int at = indexOf(author);
        if (at >= 0) {
            SeqRanges[] next = ranges.clone();
            next[at] = ranges[at].plus(seq);
            return new AppliedSequences(authors, next);
        }
        int insertAt = -Arrays.binarySearch(authors, author) - 1;
        PeerId[] nextAuthors = Arrays.copyOf(authors, authors.length + 1);
        SeqRanges[] nextRanges = Arrays.copyOf(ranges, ranges.length + 1);
        System.arraycopy(authors, insertAt, nextAuthors, insertAt + 1, authors.length - insertAt);
        System.arraycopy(ranges, insertAt, nextRanges, insertAt + 1, ranges.length - insertAt);
        nextAuthors[insertAt] = author;
        nextRanges[insertAt] = SeqRanges.NONE.plus(seq);
        return new AppliedSequences(nextAuthors, nextRanges);
    }

    /** By equality, which is much cheaper than order for peer ids, and authors are few. */
    private int indexOf(PeerId author) {
        for (int i = 0; i < authors.length; i++) {
            if (authors[i].equals(author)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AppliedSequences that && Arrays.equals(authors, that.authors)
                && Arrays.equals(ranges, that.ranges);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(authors) + Arrays.hashCode(ranges);
    }

    @Override
    public String toString() {
        return byAuthor().toString();
    }
}
