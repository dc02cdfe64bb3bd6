package io.pinfold.cli.ctl.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** What comes from a socket of the file system, with a bound on silence, which such sockets have not by themselves. */
final class SocketInput extends InputStream {

    private final SocketChannel channel;
    private final Selector selector;
    private final int timeoutMillis;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).limit(0);

    /** The input of {@code channel}; a silence of {@code timeoutMillis} is an error, 0 for never. */
    SocketInput(SocketChannel channel, int timeoutMillis) throws IOException {
        this.channel = channel;
        this.timeoutMillis = timeoutMillis;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
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
        selector.close();
        channel.close();
    }

    /** Whether there is anything to take. */
    private boolean fill() throws IOException {
        while (!buffer.hasRemaining()) {
            int count = channel.read(buffer.clear());
            buffer.flip();
            if (count < 0) {
                return false;
            }
            if (count == 0 && selector.select(timeoutMillis) == 0) {
                throw new SocketTimeoutException("silence of " + timeoutMillis + " ms");
            }
            selector.selectedKeys().clear();
        }
        return true;
    }
}
