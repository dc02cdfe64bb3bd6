package io.pinfold.api.rest;

import io.pinfold.api.GoDuration;
import io.pinfold.api.http.Query;
import io.pinfold.follower.view.PinStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Reads when a pin ends: {@code expire-at} (RFC 3339; year 1 and 1970-01-01T00:00:00Z mean never), or else
 * {@code expire-in} (a duration in Go's form, at least a second).
 */
final class ExpiryParser {

    private final Query query;
    private final InstantSource clock;

    ExpiryParser(Query query, InstantSource clock) {
        this.query = query;
        this.clock = clock;
    }

    Optional<Instant> parse() throws BadParameterException {
        Optional<String> at = query.get("expire-at");
        Optional<String> in = query.get("expire-in");
        if (at.isPresent()) {
            return at(at.get());
        }
        return in.isPresent() ? Optional.of(clock.instant().plus(in(in.get()))) : Optional.empty();
    }

    private Optional<Instant> at(String text) throws BadParameterException {
        Instant time;
        try {
            time = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new BadParameterException("expire-at", text + " is not a time as in 2027-01-31T12:00:00Z");
        }
        if (time.equals(PinStatus.NEVER) || time.equals(Instant.EPOCH)) {
            return Optional.empty();
        }
        if (!time.isAfter(clock.instant())) {
            throw new BadParameterException("expire-at", text + " is not in the future");
        }
        return Optional.of(time);
    }

    private static Duration in(String text) throws BadParameterException {
        Duration duration = Parameters.orBad("expire-in", GoDuration.parse(text));
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new BadParameterException("expire-in", text + " is less than a second");
        }
        return duration;
    }
}
