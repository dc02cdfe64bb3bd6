package io.pinfold.libp2p;

import io.pinfold.libp2p.limit.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** A stream's input whose reads, all together, end by a deadline. */
public final class DeadlineInput extends InputStream {

    private final Stream stream;
    private final Deadline deadline;

    /** The input of {@code stream}, whose timeout it sets before each read. */
    public DeadlineInput(Stream stream, Deadline deadline) {
        this.stream = stream;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        setTimeout();
        return stream.input().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        setTimeout();
        return stream.input().read(target, offset, length);
    }

    private void setTimeout() throws SocketTimeoutException {
        if (deadline.passed()) {
            throw new SocketTimeoutException("the time for the whole is over");
        }
        stream.setTimeout(deadline.left());
    }
}
