package io.pinfold.api.multipart;

import io.pinfold.follower.view.Upload;
import io.pinfold.multiformats.Bytes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A form with one file, a CAR, and nothing else.
 *
 * @param content fails at its end if something follows in the form
 */
public record CarUpload(String name, InputStream content) {

    /** The first file of the form. */
    public static CarUpload of(FormUpload form) throws IOException {
        Optional<Upload.Entry> first = form.next();
        if (first.isPresent() && first.get() instanceof Upload.File(List<Bytes> path, _, InputStream content)) {
            String name = path.stream()
                    .map(part -> new String(part.toArray(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("/"));
            return new CarUpload(name, new OnlyFile(content, form));
        }
        throw new BadMultipartException("a CAR is uploaded as one file");
    }

    private static final class OnlyFile extends FilterInputStream {

        private final FormUpload form;

        OnlyFile(InputStream content, FormUpload form) {
            super(content);
            this.form = form;
        }

        @Override
        public int read() throws IOException {
            return ended(super.read());
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return ended(super.read(into, offset, length));
        }

        private int ended(int read) throws IOException {
            if (read < 0 && form.next().isPresent()) {
                throw new BadMultipartException("more files follow the CAR, which must be the only one");
            }
            return read;
        }
    }
}
