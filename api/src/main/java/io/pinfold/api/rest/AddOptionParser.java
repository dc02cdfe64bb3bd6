package io.pinfold.api.rest;

import io.pinfold.api.GoBool;
import io.pinfold.api.LayoutText;
import io.pinfold.api.http.Call;
import io.pinfold.api.http.Query;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Reads the parameters of {@code POST /add} (reference, section 1.2) and the pin options beside them. What Pinfold cannot do is
 * refused, never left out: another layout or CID than the one asked for would be worse than none.
 */
final class AddOptionParser {

    private final Call call;
    private final Query query;
    private final InstantSource clock;

    AddOptionParser(Call call, InstantSource clock) {
        this.call = call;
        this.query = call.query();
        this.clock = clock;
    }

    /** What is asked, or which parameter is bad. */
    AddCall parse() throws BadParameterException {
        boolean car = format();
        boolean wrap = flag("wrap-with-directory", false);
        if (car && wrap) {
            throw new BadParameterException("wrap-with-directory", "a CAR cannot be wrapped");
        }
        refuse("shard", "sharded uploads are not supported; without it, whole graphs are pinned");
        refuse("nocopy", "content is always stored; there are no references to files");
        flag("recursive", false); // these two say what the client has looked for, and nothing of what it sent
        flag("hidden", false);
        flag("local", false); // it is always so: the peer that takes the files holds them
        AddRequest request = new AddRequest(goal(), layout(), wrap, false, false, flag("progress", false));
        return new AddCall(request, car, flag("stream-channels", true));
    }

    private boolean format() throws BadParameterException {
        return switch (query.get("format").orElse("unixfs")) {
            case "unixfs" -> false;
            case "car" -> true;
            case String other -> throw new BadParameterException("format", "unixfs or car, not " + other);
        };
    }

    private Goal goal() throws BadParameterException {
        Goal.Cluster cluster = new Goal.Cluster(new PinOptionParser(query, clock).parse(),
                Parameters.idempotencyKey(call));
        return flag("no-pin", false) ? new Goal.Nothing() : cluster;
    }

    private AddRequest.Layout layout() throws BadParameterException {
        String layout = query.get("layout").orElse("balanced");
        if (!layout.equals("balanced")) {
            throw new BadParameterException("layout", layout + " is not supported; balanced is");
        }
        long hash = hash();
        int version = version(hash);
        return new AddRequest.Layout(version, hash, chunkSize(), flag("raw-leaves", version > 0));
    }

    private long hash() throws BadParameterException {
        String name = query.get("hash").orElse("sha2-256");
        Long code = LayoutText.HASHES.get(name);
        if (code == null) {
            throw new BadParameterException("hash", name + " is not supported; "
                    + String.join(", ", LayoutText.HASHES.keySet()) + " are");
        }
        return code;
    }

    /** A version that is not told follows from the hash, as for {@code ipfs add}. */
    private int version(long hash) throws BadParameterException {
        Optional<String> text = query.get("cid-version");
        boolean standard = hash == Multicodec.SHA2_256;
        if (text.isEmpty()) {
            return standard ? 0 : 1;
        }
        if (!text.get().matches("[01]")) {
            throw new BadParameterException("cid-version", "0 or 1, not " + text.get());
        }
        if (text.get().equals("0") && !standard) {
            throw new BadParameterException("cid-version", "0 goes with the hash sha2-256 only");
        }
        return Integer.parseInt(text.get());
    }

    private int chunkSize() throws BadParameterException {
        return switch (LayoutText.chunkSize(query.get("chunker").orElse(""))) {
            case Decoded.Ok<Integer>(Integer size) -> size;
            case Decoded.Refused<Integer>(Refusal refusal) ->
                throw new BadParameterException("chunker", refusal.detail());
        };
    }

    private void refuse(String name, String why) throws BadParameterException {
        if (flag(name, false)) {
            throw new BadParameterException(name, why);
        }
    }

    /** A boolean in the spellings that ipfs-cluster takes. */
    private boolean flag(String name, boolean otherwise) throws BadParameterException {
        Optional<String> text = query.get(name);
        return text.isEmpty()
                ? otherwise
                : GoBool.parse(text.get())
                        .orElseThrow(() -> new BadParameterException(name, "true or false, not " + text.get()));
    }
}
