package io.pinfold.ipfs.kubo;

import io.pinfold.multiformats.Bytes;
import java.io.InputStream;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.entity.mime.ByteArrayBody;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.InputStreamBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/** Bodies of requests that carry files, as {@code multipart/form-data}. */
final class Multipart {

    private Multipart() {}

    /** One part for each block. */
    static HttpEntity blocks(List<Bytes> blocks, RandomGenerator random) {
        MultipartEntityBuilder builder = builder(random);
        for (Bytes block : blocks) {
            builder.addPart("file", new ByteArrayBody(block.toArray(), ContentType.APPLICATION_OCTET_STREAM, "block"));
        }
        return builder.build();
    }

    /** One part that is read while it is sent. */
    static HttpEntity file(InputStream content, RandomGenerator random) {
        return builder(random)
                .addPart("file", new InputStreamBody(content, ContentType.APPLICATION_OCTET_STREAM, "file"))
                .build();
    }

    /** The boundary is random, so that no content can hold it. */
    private static MultipartEntityBuilder builder(RandomGenerator random) {
        return MultipartEntityBuilder.create()
                .setMode(HttpMultipartMode.STRICT)
                .setBoundary("pinfold-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
    }
}
