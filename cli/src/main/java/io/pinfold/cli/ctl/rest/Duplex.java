package io.pinfold.cli.ctl.rest;

import io.pinfold.cli.http.ChannelInput;
import io.pinfold.cli.http.ChannelOutput;
import io.pinfold.cli.http.ChunkedOutput;
import io.pinfold.cli.http.HttpLines;
import io.pinfold.cli.http.RequestBody;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One exchange whose answer is read while the request's body is still sent, which the JDK's connections cannot do. The body goes
 * out in chunks, and only when the server says that it wants it ({@code 100-continue}).
 */
final class Duplex implements Closeable {

    private static final int BUFFER = 64 * 1024;

    private final Closeable socket;
    private final InputStream in;
    private final OutputStream out;
    private final Map<String, String> fields = new TreeMap<>();

    private Duplex(Closeable socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = new BufferedInputStream(in, BUFFER);
        this.out = out;
    }

    /** Connects within so many milliseconds; silences are bounded as {@code config} says, but not over sockets of the file system. */
    static Duplex connect(Endpoint endpoint, RestConfig config, int connectMillis) throws IOException {
        if (endpoint.socket().isPresent()) {
            return overUnix(endpoint.socket().get());
        }
        URI url = URI.create(endpoint.url(config.scheme()));
        String host = url.getHost().replaceAll("^\\[|]$", "");
        Socket plain = new Socket();
        try {
            InetSocketAddress address = new InetSocketAddress(host, url.getPort());
            if (address.isUnresolved()) {
                throw new UnknownHostException(host);
            }
            plain.connect(address, connectMillis);
            plain.setSoTimeout(config.timeoutMillis());
            Socket socket = url.getScheme().equals("https") ? secure(plain, host, url.getPort(), config) : plain;
            return new Duplex(socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Duplex overUnix(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return new Duplex(channel, new ChannelInput(channel), new ChannelOutput(channel));
        } catch (IOException e) {
            channel.close();
            throw new ConnectException(e.getMessage());
        }
    }

    private static Socket secure(Socket plain, String host, int port, RestConfig config) throws IOException {
        SSLSocketFactory factory = config.checkCertificate()
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : Unchecked.factory();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        if (config.checkCertificate()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    /** Sends the head and gives the status that comes: 100 if the body is wanted. */
    int begin(Endpoint endpoint, RestRequest request, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder(request.method()).append(' ')
                .append(request.target())
                .append(" HTTP/1.1\r\nHost: ")
                .append(endpoint.authority())
                .append("\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return HttpLines.head(in, fields);
    }

    /** Sends the whole body. */
    void send(RequestBody content) throws IOException {
        ChunkedOutput chunks = new ChunkedOutput(out);
        content.writeTo(chunks);
        chunks.end();
        out.flush();
    }

    /** The status of the answer, whose fields are read. */
    int answer() throws IOException {
        return HttpLines.answer(in, fields);
    }

    /** The body of the answer with status {@code code}. */
    InputStream body(int code) throws IOException {
        return code == HttpURLConnection.HTTP_NO_CONTENT ? InputStream.nullInputStream() : HttpLines.body(in, fields);
    }

    /** A field of the answer's head, or of its trailers once the body was read; empty if there is none. */
    String field(String lowerCaseName) {
        return fields.getOrDefault(lowerCaseName, "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
