package io.pinfold.libp2p.noise;

import java.io.IOException;

/** A message of a secure channel was changed on its way, or left out, or sent again. */
public final class TamperedException extends IOException {

    private static final long serialVersionUID = 1L;

    TamperedException() {
        super("a message is not authentic");
    }
}
