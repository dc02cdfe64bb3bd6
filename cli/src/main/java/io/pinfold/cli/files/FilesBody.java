package io.pinfold.cli.files;

import io.pinfold.cli.http.Multipart;
import io.pinfold.cli.http.RequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/** Files of this machine as the body of a request. */
public final class FilesBody implements RequestBody {

    private final LocalFiles files;
    private final String boundary;
    private final LongConsumer sent;

    /** Sends {@code files}; {@code sent} hears how many bytes of them have gone out. */
    public FilesBody(LocalFiles files, RandomGenerator random, LongConsumer sent) {
        this.files = files;
        this.boundary = Multipart.boundary(random);
        this.sent = sent;
    }

    @Override
    public String contentType() {
        return Multipart.contentType(boundary);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Multipart parts = new Multipart(out, boundary, sent);
        files.writeTo(parts);
        parts.end();
    }
}
