package io.pinfold.rpc.server;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;

/** Takes the items of one answer; used by the call's own thread only. */
public interface AnswerSink {

    /**
     * Sends {@code item}, waiting while the caller reads slowly or the budget of outgoing bytes is used up.
     *
     * @throws AnswerStoppedException if nothing more can be sent; the handler lets it pass
     */
    void send(Bytes item) throws IOException;

    /** Whether an item of {@code bytes} is still within the method's bounds; a handler that streams stops when not. */
    boolean fits(int bytes);
}
