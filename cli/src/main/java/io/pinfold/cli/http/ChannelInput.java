package io.pinfold.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What comes from a socket, which blocks unless an heir waits in another way; closing it closes the socket and wakes whoever reads. */
public class ChannelInput extends InputStream {

    private static final int BUFFER = 64 << 10;

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);

    /** Reads from {@code channel}. */
    public ChannelInput(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public final int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        int count = receive(buffer.clear());
        buffer.flip();
        return count > 0;
    }

    /** Waits for something and puts it {@code into}, which has room; gives the number of bytes, or -1 at the end. */
    protected int receive(ByteBuffer into) throws IOException {
        return channel.read(into);
    }
}
