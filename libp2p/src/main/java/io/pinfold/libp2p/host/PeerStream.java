package io.pinfold.libp2p.host;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.yamux.YamuxStream;
import io.pinfold.multiformats.PeerId;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A stream to a peer on a protocol that was agreed on, or announced. */
record PeerStream(PeerConnection connection, String protocol, YamuxStream stream, InputStream input)
        implements
            Stream {

    @Override
    public PeerId remotePeer() {
        return connection.peer();
    }

    @Override
    public OutputStream output() {
        return stream.output();
    }

    @Override
    public void setTimeout(Duration timeout) {
        stream.setTimeout(timeout);
    }

    @Override
    public void closeWrite() {
        stream.closeWrite();
    }

    @Override
    public void reset() {
        stream.reset();
    }

    @Override
    public void close() {
        stream.close();
    }
}
