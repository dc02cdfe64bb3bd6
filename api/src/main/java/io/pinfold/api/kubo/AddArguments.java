package io.pinfold.api.kubo;

import io.pinfold.api.LayoutText;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.AddRequest.Layout;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the options of {@code add}; those that would make another CID than asked for, and are not known here, are refused. */
record AddArguments(Arguments arguments) {

    private static final String SHA2_256 = "sha2-256";
    private static final int MAX_NAME = 255;
    private static final List<String> UNKNOWN = List.of("only-hash", "trickle", "nocopy", "fscache", "inline");

    private static final List<String> UNKNOWN_VALUES = List.of("to-files", "mode", "mtime", "mtime-nsecs",
            "max-file-links", "max-directory-links", "max-hamt-fanout");

    /** What is asked. */
    AddRequest parse() throws CommandException {
        for (String option : UNKNOWN) {
            if (arguments.flag(option, false)) {
                throw CommandException.bad("the option " + option + " is not supported here");
            }
        }
        for (String option : UNKNOWN_VALUES) {
            if (arguments.text(option).isPresent()) {
                throw CommandException.bad("the option " + option + " is not supported here");
            }
        }
        Goal goal = arguments.flag("pin", true) ? new Goal.Node(name()) : new Goal.Nothing();
        boolean mode = arguments.flag("preserve-mode", false);
        boolean mtime = arguments.flag("preserve-mtime", false);
        return new AddRequest(goal, layout(mode || mtime), arguments.flag("wrap-with-directory", false), mode, mtime,
                arguments.flag("progress", false));
    }

    private String name() throws CommandException {
        String name = arguments.text("pin-name").orElse("");
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw CommandException.bad("pin-name has more than " + MAX_NAME + " bytes");
        }
        return name;
    }

    /** Raw leaves have no room for permissions and times, so Kubo makes none where these are to be kept. */
    private Layout layout(boolean stat) throws CommandException {
        String hash = arguments.text("hash").orElse(SHA2_256);
        Long code = LayoutText.HASHES.get(hash);
        if (code == null) {
            throw CommandException.bad("unrecognized hash function: " + hash);
        }
        Optional<Long> version = arguments.number("cid-version");
        long number = version.orElse(hash.equals(SHA2_256) ? 0L : 1L);
        if (number < 0 || number > 1 || (number == 0 && code != Multicodec.SHA2_256)) {
            throw CommandException.bad("cid-version " + number + " does not go with the hash " + hash);
        }
        return new Layout((int) number, code, chunkSize(), arguments.flag("raw-leaves", number > 0 && !stat));
    }

    private int chunkSize() throws CommandException {
        return switch (LayoutText.chunkSize(arguments.text("chunker").orElse(""))) {
            case Decoded.Ok<Integer>(Integer size) -> size;
            case Decoded.Refused<Integer>(Refusal refusal) ->
                throw CommandException.bad("chunker " + refusal.detail());
        };
    }
}
