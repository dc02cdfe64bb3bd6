package io.pinfold.libp2p.host;

import io.pinfold.libp2p.multistream.RawLines;
import io.pinfold.libp2p.noise.NoiseChannel;
import io.pinfold.libp2p.noise.RawNoise;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;

/** A plain socket to or from a host, on which a test says what it likes. */
final class RawPeer implements AutoCloseable {

    static final PrivateKey IDENTITY = PrivateKey.generate(new SecureRandom());

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A connection to {@code host}. */
    static RawPeer dial(TcpHost host) throws IOException {
        Multiaddr address = host.listenAddresses().getFirst();
        return new RawPeer(new Socket(address.tcpEndpoint().orElseThrow().getAddress(),
                address.tcpEndpoint().orElseThrow().getPort()));
    }

    InputStream in() {
        return in;
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    void send(byte... bytes) throws IOException {
        out().write(bytes);
    }

    /** Agrees on {@code /noise}, as the dialler. */
    RawPeer agreeOnNoise() throws IOException {
        byte[] proposal = RawLines.propose("/noise");
        send(proposal);
        in.readNBytes(proposal.length);
        return this;
    }

    /** Agrees on {@code /noise}, as the listener. */
    RawPeer acceptNoise() throws IOException {
        byte[] proposal = RawLines.propose("/noise");
        in.readNBytes(proposal.length);
        send(proposal);
        return this;
    }

    /** A whole handshake as the dialler, the multiplexer included. */
    NoiseChannel secure() throws IOException {
        return agreeOnNoise().initiate(new RawNoise(IDENTITY));
    }

    NoiseChannel initiate(RawNoise noise) throws IOException {
        return noise.initiate(in, out());
    }

    /** Waits until the other side closes, whatever it says before; not in time fails. */
    void awaitClose() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            // closed with bytes of ours unread, which is a reset
        }
    }

    void closeWrite() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
