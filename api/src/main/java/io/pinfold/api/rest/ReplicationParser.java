package io.pinfold.api.rest;

import io.pinfold.api.http.Query;
import io.pinfold.follower.view.Replication;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads how many members are to hold a pin; 0 leaves it to the configuration, -1 means everybody. */
final class ReplicationParser {

    private static final int MOST = 1_000_000;

    private final Query query;

    ReplicationParser(Query query) {
        this.query = query;
    }

    Replication parse() throws BadParameterException {
        int both = number("replication", -1, MOST).orElse(0);
        int min = number("replication-min", -1, MOST).orElse(both);
        int max = number("replication-max", -1, MOST).orElse(both);
        if ((min == -1) != (max == -1) && min != 0 && max != 0) {
            throw new BadParameterException("replication", "if one factor is -1 (everywhere) the other must be too");
        }
        if (min > 0 && max > 0 && min > max) {
            throw new BadParameterException("replication", "the minimum " + min + " is above the maximum " + max);
        }
        return new Replication(min, max, number("replication-percent", 1, 100));
    }

    private OptionalInt number(String name, int least, int most) throws BadParameterException {
        Optional<String> text = query.get(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("-?[0-9]{1,9}")) {
            throw new BadParameterException(name, text.get() + " is not a whole number");
        }
        int number = Integer.parseInt(text.get());
        if (number < least || number > most) {
            throw new BadParameterException(name, number + " is not from " + least + " to " + most);
        }
        return OptionalInt.of(number);
    }
}
