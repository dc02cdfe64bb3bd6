package io.pinfold.rpc;

import java.time.Duration;

/**
 * A line of the method table.
 *
 * @param name what callers call it: 1 to 64 characters of a-z, 0-9, dot, underscore
 * @param access who may call it
 * @param requestBytes most bytes of a request's body
 * @param answer most that it answers
 * @param deadline longest time from the request's arrival to the end of the answer
 * @param limits most that one caller may ask
 */
public record Method(
        String name, Access access, int requestBytes, AnswerBounds answer, Duration deadline, CallerLimits limits) {

    /** Longest name. */
    public static final int MAX_NAME = 64;

    /** Longest deadline. */
    public static final Duration MAX_DEADLINE = Duration.ofHours(1);

    public Method {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a method name: " + name);
        }
        if (requestBytes < 0 || requestBytes > MethodTable.MAX_REQUEST_BYTES) {
            throw new IllegalArgumentException(name + ": request bound " + requestBytes);
        }
        if (!deadline.isPositive() || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException(name + ": deadline " + deadline);
        }
    }

    /** Whether {@code text} could be the name of a method. */
    public static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_');
    }
}
