package io.pinfold.follower.config;

import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {

    private static final int MAX_LENGTH = 128;

    private Nearest() {}

    /**
     * The known name that the fewest insertions, removals and changes make of {@code name}, if they are few; else one with
     * the same last part in a section that begins the same.
     */
    static Optional<String> of(String name, Iterable<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return byDistance(name, known).or(() -> byParts(name, known));
    }

    private static Optional<String> byParts(String name, Iterable<String> known) {
        int first = name.indexOf('.');
        int last = name.lastIndexOf('.');
        for (String candidate : known) {
            if (first > 0 && candidate.startsWith(name.substring(0, first + 1))
                    && candidate.endsWith(name.substring(last))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> byDistance(String name, Iterable<String> known) {
        String best = null;
        int fewest = Math.max(2, name.length() / 3) + 1;
        for (String candidate : known) {
            int changes = distance(name, candidate);
            if (changes < fewest) {
                fewest = changes;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
