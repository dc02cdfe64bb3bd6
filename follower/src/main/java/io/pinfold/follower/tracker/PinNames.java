package io.pinfold.follower.tracker;

import io.pinfold.multiformats.Cid;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The names that our pins have at the backend, by which we know them again. */
public final class PinNames {

    /** The most bytes of a name in UTF-8; Kubo takes no longer one. */
    public static final int MAX_BYTES = 255;

    private PinNames() {}

    /** What the name of every pin of ours in the cluster begins with. */
    public static String mark(Cid cluster) {
        return "pinfold/" + cluster + "/";
    }

    /** The mark and {@code name}, cut between two characters to {@value #MAX_BYTES} bytes. */
    public static String of(Cid cluster, String name) {
        CharBuffer whole = CharBuffer.wrap(mark(cluster) + name);
        ByteBuffer room = ByteBuffer.allocate(MAX_BYTES);
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        encoder.encode(whole, room, true);
        return StandardCharsets.UTF_8.decode(room.flip()).toString();
    }
}
