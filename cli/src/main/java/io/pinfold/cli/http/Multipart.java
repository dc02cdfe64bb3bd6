package io.pinfold.cli.http;

import io.pinfold.cli.http.RequestBody.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Writes files, folders and symbolic links as {@code multipart/form-data}, in the way of IPFS nodes: a folder is a part without
 * content before those of its entries, names are paths in percent-encoding.
 */
public final class Multipart {

    private static final int BUFFER = 256 << 10;
    private static final String FILE = "application/octet-stream";
    private static final String FOLDER = "application/x-directory";
    private static final String SYMLINK = "application/symlink";

    private final OutputStream out;
    private final String boundary;
    private final LongConsumer sent;

    /** Writes to {@code out}; {@code sent} hears how many bytes of files have gone out. */
    public Multipart(OutputStream out, String boundary, LongConsumer sent) {
        this.out = out;
        this.boundary = boundary;
        this.sent = sent;
    }

    /** A boundary that no content holds. */
    public static String boundary(RandomGenerator random) {
        return "pinfold-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    /** The content type of a body with {@code boundary}. */
    public static String contentType(String boundary) {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** A file, read to its end; {@code shown} is what people know it by. */
    public void file(String name, InputStream content, String shown) throws IOException {
        head(name, FILE);
        byte[] buffer = new byte[BUFFER];
        for (int count = read(content, buffer, shown); count >= 0; count = read(content, buffer, shown)) {
            out.write(buffer, 0, count);
            sent.accept(count);
        }
        ascii("\r\n");
    }

    /** A folder, whose entries follow. */
    public void folder(String name) throws IOException {
        head(name, FOLDER);
        ascii("\r\n");
    }

    /** A symbolic link to {@code target}. */
    public void symlink(String name, String target) throws IOException {
        head(name, SYMLINK);
        out.write(target.getBytes(StandardCharsets.UTF_8));
        ascii("\r\n");
    }

    /** Ends the body. */
    public void end() throws IOException {
        ascii("--" + boundary + "--\r\n");
    }

    private void head(String name, String type) throws IOException {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        ascii("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + encoded
                + "\"\r\nContent-Type: " + type + "\r\n\r\n");
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static int read(InputStream content, byte[] buffer, String shown) throws UnreadableException {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new UnreadableException(shown + " cannot be read: " + e.getMessage());
        }
    }
}
