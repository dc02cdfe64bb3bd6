package io.pinfold.chain.core;

import io.pinfold.chain.core.SeqRanges.Range;
import io.pinfold.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SeqRangesTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void isASetOfNumbersAsLongAsTheRangesAreFew() {
        RandomGenerator random = seeds.generator();
        for (int round = 0; round < 200; round++) {
            int most = 1 + random.nextInt(300);
            SeqRanges ranges = SeqRanges.NONE;
            NavigableSet<Long> model = new TreeSet<>();
            for (int i = 0; i < 200; i++) {
                long number = 1L + random.nextInt(most);
                if (model.add(number)) {
                    ranges = ranges.plus(number);
                }
            }
            SeqRanges made = ranges;
            assertThat(made.highest()).as("%s", seeds).isEqualTo(model.last());
            assertThat(LongStream.rangeClosed(1, most + 2L)).as("%s", seeds)
                    .allMatch(number -> made.contains(number) == model.contains(number));
            assertThat(made.ranges()).as("%s", seeds).isEqualTo(rangesOf(model));
        }
    }

    @Test
    void theLowestGapClosesWhenThereIsOneRangeTooMany() {
        SeqRanges ranges = SeqRanges.NONE;
        for (int i = 0; i < SeqRanges.MAX_RANGES; i++) {
            ranges = ranges.plus(10L + 10L * i);
        }
        assertThat(ranges.ranges()).hasSize(SeqRanges.MAX_RANGES);
        SeqRanges above = ranges.plus(1_000_000);
        assertThat(above.ranges()).hasSize(SeqRanges.MAX_RANGES).startsWith(new Range(10, 20), new Range(30, 30));
        assertThat(above.contains(15)).as("counts as used").isTrue();
        SeqRanges below = ranges.plus(2);
        assertThat(below.ranges()).hasSize(SeqRanges.MAX_RANGES).startsWith(new Range(2, 10), new Range(20, 20));
        SeqRanges joined = ranges.plus(11);
        assertThat(joined.ranges()).as("none too many").startsWith(new Range(10, 11), new Range(20, 20));
    }

    @Test
    void aNumberIsUsedOnce() {
        SeqRanges ranges = SeqRanges.NONE.plus(5).plus(6);
        assertThatIllegalArgumentException().isThrownBy(() -> ranges.plus(5));
        assertThatIllegalArgumentException().isThrownBy(() -> ranges.plus(6));
        assertThatIllegalArgumentException().isThrownBy(() -> ranges.plus(0));
        assertThatIllegalArgumentException().isThrownBy(() -> ranges.plus(Limits.MAX_NUMBER + 1));
        assertThat(ranges.plus(Limits.MAX_NUMBER).highest()).isEqualTo(Limits.MAX_NUMBER);
    }

    @Test
    void rangesAreAscendingWithGapsAndNotTooMany() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SeqRanges(List.of(new Range(1, 2), new Range(3, 4))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SeqRanges(List.of(new Range(5, 6), new Range(1, 2))));
        List<Range> many = new ArrayList<>();
        for (int i = 0; i <= SeqRanges.MAX_RANGES; i++) {
            many.add(new Range(1 + 2L * i, 1 + 2L * i));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new SeqRanges(many));
        assertThat(SeqRanges.NONE.highest()).isZero();
        assertThat(SeqRanges.NONE.contains(1)).isFalse();
    }

    private static List<Range> rangesOf(NavigableSet<Long> numbers) {
        List<Range> ranges = new ArrayList<>();
        for (long number : numbers) {
            if (!ranges.isEmpty() && ranges.getLast().to() == number - 1) {
                ranges.set(ranges.size() - 1, new Range(ranges.getLast().from(), number));
            } else {
                ranges.add(new Range(number, number));
            }
        }
        return ranges;
    }
}
