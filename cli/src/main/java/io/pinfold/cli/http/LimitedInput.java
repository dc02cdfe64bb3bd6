package io.pinfold.cli.http;

import java.io.InputStream;

/** A body of a length that was told beforehand. */
final class LimitedInput extends PartInput {

    LimitedInput(InputStream in, long length) {
        super(in, length);
    }

    @Override
    long next() {
        return 0;
    }
}
