package io.pinfold.follower.status;

import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.TrackerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What one peer's tracker says about one pin.
 *
 * @param since when this status began
 * @param error empty, or what the last attempt failed with; cut to {@value #MAX_ERROR} bytes
 * @param attempts how often the present operation was tried
 * @param priority whether it goes before older and often retried work
 * @param progress of the attempt that is running
 */
public record StatusReport(TrackerStatus status, Instant since, String error, int attempts, boolean priority,
        Optional<PinStatus.Progress> progress) {

    /** Longest error, in bytes of UTF-8. */
    public static final int MAX_ERROR = 512;

    public StatusReport {
        error = cut(error);
    }

    private static String cut(String text) {
        String shorter = text;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > MAX_ERROR) {
            int end = shorter.offsetByCodePoints(shorter.length(), -1);
            shorter = shorter.substring(0, Math.min(end, MAX_ERROR));
        }
        return shorter;
    }
}
