package io.pinfold.rpc;

/**
 * How much one caller may ask of one method.
 *
 * @param concurrent calls running at once, at least 1
 * @param perMinute calls begun in a minute, at least 1; as many may come at once after a quiet minute
 */
public record CallerLimits(int concurrent, int perMinute) {

    public CallerLimits {
        if (concurrent < 1 || perMinute < 1) {
            throw new IllegalArgumentException("limits must be at least 1, not " + concurrent + " and " + perMinute);
        }
    }
}
