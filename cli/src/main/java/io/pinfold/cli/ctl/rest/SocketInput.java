package io.pinfold.cli.ctl.rest;

import io.pinfold.cli.http.ChannelInput;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** What comes from a socket of the file system, with a bound on silence, which such sockets have not by themselves. */
final class SocketInput extends ChannelInput {

    private final Selector selector;
    private final int timeoutMillis;

    /** The input of {@code channel}; a silence of {@code timeoutMillis} is an error, 0 for never. */
    SocketInput(SocketChannel channel, int timeoutMillis) throws IOException {
        super(channel);
        this.timeoutMillis = timeoutMillis;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public void close() throws IOException {
        selector.close();
        super.close();
    }

    @Override
    protected int receive(ByteBuffer into) throws IOException {
        int count = super.receive(into);
        while (count == 0) {
            if (selector.select(timeoutMillis) == 0) {
                throw new SocketTimeoutException("silence of " + timeoutMillis + " ms");
            }
            selector.selectedKeys().clear();
            count = super.receive(into);
        }
        return count;
    }
}
