package io.pinfold.ipfs.kubo;

import java.io.IOException;

/** The daemon's answer is not what its interface promises. */
final class BrokenAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    BrokenAnswerException(String message) {
        super(message);
    }
}
