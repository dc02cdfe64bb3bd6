package io.pinfold.api.kubo;

import io.pinfold.api.GoBool;
import io.pinfold.api.GoDuration;
import io.pinfold.api.http.Query;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Arguments and options of a command, as they stand in a query; options that a command does not know are passed over. */
record Arguments(Query query) {

    /** The parameter that arguments stand in. */
    static final String NAME = "arg";

    /** How long is looked for blocks elsewhere, unless the request says. */
    static final Duration PATIENCE = Duration.ofMinutes(1);
    /** The longest time that a request can ask for. */
    static final Duration LONGEST = Duration.ofHours(24);

    private static final String IPFS = "/ipfs/";

    /** All arguments, of which there must be one at least; {@code name} is what Kubo calls them. */
    List<String> all(String name) throws CommandException {
        List<String> all = query.all(NAME);
        if (all.isEmpty()) {
            throw CommandException.bad("argument \"" + name + "\" is required");
        }
        return all;
    }

    /** The one argument. */
    String one(String name) throws CommandException {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw CommandException.bad("one argument \"" + name + "\" is taken, not " + all.size());
        }
        return all.getFirst();
    }

    /** The paths that the arguments are; a bare CID is one too. */
    static String path(String argument) throws CommandException {
        if (argument.startsWith("/")) {
            return argument;
        }
        int slash = argument.indexOf('/');
        String root = slash < 0 ? argument : argument.substring(0, slash);
        if (Cid.parse(root) instanceof Decoded.Refused<Cid>) {
            throw CommandException.failed("invalid path \"" + argument + "\": path does not have enough components");
        }
        return IPFS + argument;
    }

    boolean flag(String name, boolean fallback) throws CommandException {
        String text = query.values().get(name);
        if (text == null) {
            return fallback;
        }
        return text.isEmpty() || GoBool.parse(text).orElseThrow(() -> notA("bool", name, text));
    }

    Optional<Long> number(String name) throws CommandException {
        String text = query.values().get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw notA("int64", name, text);
        }
    }

    Optional<String> text(String name) {
        return query.get(name);
    }

    /** How far the command may look: {@code offline} and {@code timeout}. */
    Reach reach() throws CommandException {
        if (flag("offline", false)) {
            return Reach.HERE;
        }
        Optional<String> timeout = text("timeout");
        if (timeout.isEmpty()) {
            return new Reach.Everywhere(PATIENCE);
        }
        if (GoDuration.parse(timeout.get()) instanceof Decoded.Ok<Duration>(Duration asked)) {
            return new Reach.Everywhere(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
        }
        throw notA("duration", "timeout", timeout.get());
    }

    private static CommandException notA(String type, String name, String text) {
        return CommandException.bad("could not convert value \"" + text + "\" to type \"" + type + "\" (for option \"-"
                + name + "\")");
    }
}
